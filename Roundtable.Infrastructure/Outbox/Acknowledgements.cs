namespace Roundtable.Infrastructure.Outbox;

/// <summary>
/// Batches acknowledgements: messages that are sent while earlier ones are being marked as sent are marked together. Under load one
/// transaction covers a dozen; without load none waits for more.
/// </summary>
internal sealed class Acknowledgements
{
    private readonly Lock sync = new();
    private Dictionary<string, TaskCompletionSource<bool>> waiting = new(StringComparer.Ordinal);
    private bool marking;

    /// <summary>Returns whether the message was marked; throws what <paramref name="mark"/> throws.</summary>
    /// <param name="mark">Marks messages and returns the ids that were marked.</param>
    public async Task<bool> AddAsync(string id, Func<IReadOnlyCollection<string>, Task<IReadOnlyCollection<string>>> mark)
    {
        var outcome = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool begins;
        lock (sync)
        {
            waiting.Add(id, outcome);
            begins = !marking;
            marking = true;
        }

        if (begins)
        {
            await MarkAllAsync(mark);
        }

        return await outcome.Task;
    }

    private async Task MarkAllAsync(Func<IReadOnlyCollection<string>, Task<IReadOnlyCollection<string>>> mark)
    {
        while (Take() is { } batch)
        {
            try
            {
                var marked = await mark(batch.Keys);
                foreach (var (id, outcome) in batch)
                {
                    outcome.TrySetResult(marked.Contains(id));
                }
            }
            catch (Exception e)
            {
                foreach (var outcome in batch.Values)
                {
                    outcome.TrySetException(e);
                }
            }
        }
    }

    private Dictionary<string, TaskCompletionSource<bool>>? Take()
    {
        lock (sync)
        {
            if (waiting.Count == 0)
            {
                marking = false;
                return null;
            }

            var batch = waiting;
            waiting = new(StringComparer.Ordinal);
            return batch;
        }
    }
}
