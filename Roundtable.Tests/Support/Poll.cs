namespace Roundtable.Tests.Support;

/// <summary>Waits for what happens in the background.</summary>
internal static class Poll
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var deadline = DateTime.UtcNow + Timeout;
        while (!await holds())
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(deadline), "It did not happen in time.");
            await Task.Delay(20);
        }
    }
}
