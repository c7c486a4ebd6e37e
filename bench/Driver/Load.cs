using System.Diagnostics;
using System.Globalization;

namespace Roundtable.Bench.Driver;

/// <summary>Runs workers that repeat an action without pause, and measures it.</summary>
internal static class Load
{
    /// <returns><c>actions, actions per second, p50, p99</c> (ms), separated by spaces.</returns>
    public static async Task<string> RunAsync(Func<int, Task> action, int workers, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var perWorker = await Task.WhenAll(
            Enumerable.Range(0, workers).Select(worker => Task.Run(() => RepeatAsync(action, worker, clock, duration)))
        );
        var seconds = clock.Elapsed.TotalSeconds;
        var milliseconds = perWorker.SelectMany(one => one).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{milliseconds.Length} {milliseconds.Length / seconds:F1} {Percentile(milliseconds, 0.50):F3} "
                + $"{Percentile(milliseconds, 0.99):F3}"
        );
    }

    private static async Task<List<double>> RepeatAsync(Func<int, Task> action, int worker, Stopwatch clock, TimeSpan duration)
    {
        var milliseconds = new List<double>();
        while (clock.Elapsed < duration)
        {
            var began = Stopwatch.GetTimestamp();
            await action(worker);
            milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return milliseconds;
    }

    private static double Percentile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
