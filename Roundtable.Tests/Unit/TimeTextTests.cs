using System.Globalization;
using System.Text;
using Roundtable.Infrastructure.Sqlite.Statements;

namespace Roundtable.Tests.Unit;

[Parallelizable(ParallelScope.All)]
public sealed class TimeTextTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    [TestCase(9_999_999)]
    [TestCase(1_200_000)]
    public void Parse_RoundTrips(int ticks)
    {
        foreach (
            var day in new[]
            {
                DateTime.MinValue,
                DateTime.UnixEpoch,
                new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc),
                DateTime.MaxValue.Date,
            }
        )
        {
            var time = day.AddTicks(ticks);
            var text = time.ToString(TimeText.Format, CultureInfo.InvariantCulture);
            Assert.That(TimeText.Parse(Encoding.UTF8.GetBytes(text)), Is.EqualTo(time), text);
            Assert.That(TimeText.Parse(Encoding.UTF8.GetBytes(text)).Kind, Is.EqualTo(DateTimeKind.Utc));
        }
    }

    [TestCase("")]
    [TestCase("2026-01-01")]
    [TestCase("2026-01-01 00:00:0x")]
    [TestCase("2026-01-01 00:00:00Z")]
    [TestCase("2026-01-01 00:00:00.00000001")]
    [TestCase("-026-01-01 00:00:00")]
    public void Parse_RefusesInvalidTimes(string text) =>
        Assert.That(() => TimeText.Parse(Encoding.UTF8.GetBytes(text)), Throws.InstanceOf<FormatException>());
}
