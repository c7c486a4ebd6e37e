using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Roundtable.Bench.Soak;

/// <summary>Reads mails as they come, tells whoever waits the link's token, and clears them away.</summary>
internal sealed partial class MailFolder : IDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource stop = new();
    private readonly Task reading;
    private readonly string folder;

    public MailFolder(string folder)
    {
        this.folder = folder;
        reading = Task.Run(ReadAsync);
    }

    /// <summary>The token of the next link that is mailed to the address; to be asked for before the link is.</summary>
    public async Task<string> WaitAsync(string address, TimeSpan patience)
    {
        try
        {
            return await waiting.GetOrAdd(address, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(patience);
        }
        finally
        {
            waiting.TryRemove(address, out _);
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        reading.GetAwaiter().GetResult();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml") : [])
            {
                // Lines that quoted-printable has broken are joined again.
                var text = (await File.ReadAllTextAsync(file)).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
                if (To().Match(text) is { Success: true } to && Token().Match(text) is { Success: true } token && waiting.TryGetValue(to.Groups["to"].Value, out var who))
                {
                    who.TrySetResult(token.Groups["token"].Value);
                }

                File.Delete(file);
            }

            await Task.Delay(50, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [GeneratedRegex("(?im)^to:[^\n]*?(?<to>[^\\s<>]+@[^\\s<>]+)")]
    private static partial Regex To();

    [GeneratedRegex("/magic-link#token=(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Token();
}
