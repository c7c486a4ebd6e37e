using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Roundtable.Api.Logging;
using Serilog;
using Serilog.Core;

namespace Roundtable.Tests.Operations;

/// <summary>All lines reach the console in order, and a broken console does not end the process.</summary>
public sealed class BatchedConsoleTests
{
    [Test]
    public void Dispose_FlushesBufferedLines_InOrder()
    {
        using var output = new MemoryStream();
        using (var logger = LoggerOn(output))
        {
            for (var i = 0; i < 25_000; i++)
            {
                logger.Information("Line {Number}", i);
            }
        }

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Select(l => (int)Parse(l)["Number"]!), Is.EqualTo(Enumerable.Range(0, 25_000)));
    }

    [Test]
    public void Line_IsWrittenPromptly_WithoutDispose()
    {
        using var output = new MemoryStream();
        using var logger = LoggerOn(output);
        logger.Information("Hello {Name}", "Ada");
        Assert.That(() => output.Length, Is.GreaterThan(0).After(2).Seconds.PollEvery(5).MilliSeconds);
    }

    [Test]
    public void Writing_Continues_AfterTheConsoleFailed()
    {
        using var output = new FailingOnce();
        using (var logger = LoggerOn(output))
        {
            logger.Information("Lost");
            Assert.That(() => output.Failed, Is.True.After(2).Seconds.PollEvery(5).MilliSeconds);
            logger.Information("Kept");
        }

        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Does.Contain("Kept"));
    }

    [Test]
    public void Line_IsOneJsonObject_WithTheRequestIdOnce_AndNoPath()
    {
        using var output = new MemoryStream();
        using (var logger = LoggerOn(output))
        {
            logger.ForContext("RequestPath", "/secret").ForContext("RequestId", "a").Information("One\n\"{requestId}\"", "a");
            logger.ForContext("RequestId", "b").Error(new InvalidOperationException("bad\nluck"), "Two {Count}", 2);
        }

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0], Does.Not.Contain("secret").And.Not.Contain("RequestId"));
        Assert.That((string?)Parse(lines[0])["message"], Is.EqualTo("One\n\"a\""));
        var second = Parse(lines[1]);
        Assert.That((string?)second["requestId"], Is.EqualTo("b"));
        Assert.That((string?)second["level"], Is.EqualTo("Error"));
        Assert.That((int?)second["Count"], Is.EqualTo(2));
        Assert.That((string?)second["exception"], Does.Contain("bad\nluck"));
        Assert.That(DateTime.Parse((string)second["timestamp"]!, CultureInfo.InvariantCulture), Is.EqualTo(DateTime.Now).Within(1).Minutes);
    }

    private static Logger LoggerOn(Stream output) =>
        new LoggerConfiguration().WriteTo.Sink(new BatchedConsole(new JsonLines(), output)).CreateLogger();

    private static JsonNode Parse(string line) => JsonNode.Parse(line)!;

    private sealed class FailingOnce : MemoryStream
    {
        public bool Failed { get; private set; }

        // The overload that all others call in a derived stream.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (!Failed)
            {
                Failed = true;
                throw new IOException("The console is gone.");
            }

            base.Write(buffer, offset, count);
        }
    }
}
