using System.Globalization;

namespace Roundtable.Tests.Faults;

/// <summary>Records the effects of a fault on requests and prints the one line by which the run is judged.</summary>
internal sealed class FaultReport(string name)
{
    private int requests;
    private int injected;

    /// <summary>What the application confirmed: each must be found afterwards exactly once.</summary>
    public List<string> Acknowledged { get; } = [];

    /// <summary>Responses that were neither a success nor the documented refusal.</summary>
    public List<string> Untyped { get; } = [];

    public int Requests => requests;

    public void Inject(int times = 1) => Interlocked.Add(ref injected, times);

    /// <summary>Records a response: a success, the documented refusal, or neither.</summary>
    /// <param name="what">What must be found afterwards if the request succeeded.</param>
    public void Record(Support.Answer answer, string what)
    {
        Interlocked.Increment(ref requests);
        lock (Acknowledged)
        {
            if (answer.Status is >= 200 and < 300)
            {
                Acknowledged.Add(what);
            }
            else if (
                answer.Status != 503
                || answer.Header("Content-Type").Split(';')[0] != "application/problem+json"
                || answer.Code != "unavailable"
                || answer.Header("Retry-After").Length == 0
            )
            {
                Untyped.Add($"{answer.Status} {answer.Text}");
            }
        }
    }

    /// <summary>Records a request without a response: it may have run or not.</summary>
    public void RecordUnanswered() => Interlocked.Increment(ref requests);

    /// <summary>Prints the line, then asserts that nothing was lost or duplicated.</summary>
    /// <param name="found">Returns how often an acknowledged item was found.</param>
    public void Conclude(Func<string, int> found)
    {
        var counts = Acknowledged.ConvertAll(a => (What: a, Count: found(a)));
        var (lost, duplicated) = (
            counts.Where(c => c.Count == 0).Select(c => c.What).ToList(),
            counts.Where(c => c.Count > 1).Select(c => c.What).ToList()
        );
        TestContext.Progress.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"fault {name}: injected {injected}, requests {requests}, acknowledged {Acknowledged.Count}, lost {lost.Count}, "
                    + $"duplicated {duplicated.Count}"
            )
        );
        Assert.Multiple(() =>
        {
            Assert.That(injected, Is.Positive, "the fault was not injected");
            Assert.That(Acknowledged, Is.Not.Empty, "no request was acknowledged, so no loss could be detected");
            Assert.That(lost, Is.Empty, "lost");
            Assert.That(duplicated, Is.Empty, "duplicated");
            Assert.That(Untyped.Distinct(), Is.Empty, "undocumented answers");
        });
    }
}
