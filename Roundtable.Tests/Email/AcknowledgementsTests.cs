using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Tests.Email;

/// <summary>Mails sent while others are being marked are marked in one batch.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AcknowledgementsTests
{
    [Test]
    public async Task Add_BatchesMarks_WhileOneIsRunning()
    {
        var marks = new Acknowledgements();
        var store = new Store();
        var first = marks.AddAsync("a", store.MarkAsync);
        var others = new[] { "b", "c", "lost" }.Select(id => marks.AddAsync(id, store.MarkAsync)).ToList();
        Assert.That(store.Batches, Is.EqualTo(new[] { "a" }));
        store.Finish();
        await Task.WhenAll([first, .. others]);
        Assert.Multiple(() =>
        {
            Assert.That(store.Batches, Is.EqualTo(new[] { "a", "b,c,lost" }));
            Assert.That(others.Select(o => o.Result), Is.EqualTo(new[] { true, true, false }));
        });
    }

    [Test]
    public async Task Add_FailsOnlyTheBatch_WhenMarkingFails()
    {
        var marks = new Acknowledgements();
        var store = new Store();
        var first = marks.AddAsync("a", store.MarkAsync);
        store.Failing = "bad";
        var bad = marks.AddAsync("bad", store.MarkAsync);
        store.Finish();
        Assert.That(async () => await bad, Throws.InstanceOf<TimeoutException>());
        Assert.That(await first, Is.True);
        Assert.That(await marks.AddAsync("c", store.MarkAsync), Is.True, "the next one starts a new batch");
    }

    private sealed class Store
    {
        private readonly TaskCompletionSource finished = new();

        public List<string> Batches { get; } = [];

        public string? Failing { get; set; }

        public void Finish() => finished.SetResult();

        public async Task<IReadOnlyCollection<string>> MarkAsync(IReadOnlyCollection<string> ids)
        {
            Batches.Add(string.Join(',', ids));
            await finished.Task;
            return Failing is { } id && ids.Contains(id) ? throw new TimeoutException() : [.. ids.Where(i => i != "lost")];
        }
    }
}
