using System.Globalization;

namespace Roundtable.Bench.Soak;

/// <summary>Prints the results and whether they pass.</summary>
internal static class Summary
{
    private const double Tolerance = 0.05;

    // Requests in flight at the time of a reading have a connection each.
    private const int HandleTolerance = 16;

    public static bool Print(Traffic traffic, Gauge gauge, int waitingMails, TimeSpan took)
    {
        var sorted = traffic.Latencies.Order().ToList();
        var third = gauge.Readings.Count / 3;
        var (first, last) = (gauge.Readings.Take(third).ToList(), gauge.Readings.TakeLast(third).ToList());
        Line($"requests   {sorted.Count} in {took.TotalSeconds:0} s, {sorted.Count / took.TotalSeconds:0} a second");
        var (p50, p95, p99) = (At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99));
        Line($"latency    p50 {p50:0.0} ms, p95 {p95:0.0} ms, p99 {p99:0.0} ms, longest {sorted[^1]:0} ms");
        Line(
            $"failures   {(traffic.Failures.Count == 0 ? "none" : string.Join(", ", traffic.Failures.Select(f => $"{f.Key}: {f.Value}")))}"
        );
        var (before, after, most) = (Median(first, r => r.Megabytes), Median(last, r => r.Megabytes), gauge.Readings.Max(r => r.Megabytes));
        var memory = after / before - 1;
        Line($"memory     {before:0.0} MB in the first third, {after:0.0} MB in the last ({memory:+0.0%;-0.0%}), most {most:0.0} MB");
        Line($"handles    {Median(first, r => r.Handles):0} in the first third, {Median(last, r => r.Handles):0} in the last");
        Line($"sockets    {Median(first, r => r.Sockets):0} in the first third, {Median(last, r => r.Sockets):0} in the last");
        Line(
            $"database   {Median(first, r => r.Databases):0} connections in the first third, {Median(last, r => r.Databases):0} in the last"
        );
        Line($"threads    {Median(first, r => r.Threads):0} in the first third, {Median(last, r => r.Threads):0} in the last");
        Line($"outbox     {waitingMails} waiting at the end");

        var passed =
            traffic.Failures.Count == 0
            && memory <= Tolerance
            && Median(last, r => r.Handles) <= Median(first, r => r.Handles) + HandleTolerance
            && waitingMails == 0;
        Line($"soak       {(passed ? "passed" : "FAILED")}");
        return passed;
    }

    private static double Median(List<Reading> readings, Func<Reading, double> value) => At(readings.Select(value).Order().ToList(), 0.5);

    private static double At(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
