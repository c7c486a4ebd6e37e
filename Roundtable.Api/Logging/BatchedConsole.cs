using System.Threading.Channels;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Roundtable.Api.Logging;

/// <summary>
/// Writes log lines on its own thread, so that a slow console does not block requests, and batches them into one write. Serilog's
/// console sink flushes each line, and its asynchronous wrapper wakes a thread for each. Nothing is dropped: when the buffer is
/// full, callers wait.
/// </summary>
internal sealed class BatchedConsole : ILogEventSink, IDisposable
{
    private const int BufferedLines = 10_000;

    private const int BufferedBytes = 64 * 1024;

    // Lets lines accumulate; the delay is too short to notice at a console.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(5);

    private readonly Channel<LogEvent> events = Channel.CreateBounded<LogEvent>(
        new BoundedChannelOptions(BufferedLines) { SingleReader = true }
    );
    private readonly ITextFormatter formatter;
    private readonly StreamWriter output;
    private readonly Thread writer;

    public BatchedConsole(ITextFormatter formatter, Stream output)
    {
        this.formatter = formatter;
        this.output = new StreamWriter(output, bufferSize: BufferedBytes) { AutoFlush = false };
        writer = new Thread(Run) { IsBackground = true, Name = "Console log" };
        writer.Start();
    }

    public void Emit(LogEvent logEvent)
    {
        if (!events.Writer.TryWrite(logEvent))
        {
            WaitToWrite(logEvent);
        }
    }

    /// <summary>Writes the remaining lines.</summary>
    public void Dispose()
    {
        if (events.Writer.TryComplete())
        {
            writer.Join();
        }
    }

    private void WaitToWrite(LogEvent logEvent)
    {
        while (events.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
        {
            if (events.Writer.TryWrite(logEvent))
            {
                return;
            }
        }
    }

    private void Run()
    {
        while (events.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (events.Reader.TryRead(out var logEvent))
            {
                Write(logEvent);
            }

            Flush();
            if (!events.Reader.Completion.IsCompleted)
            {
                Thread.Sleep(GatherFor);
            }
        }
    }

    // A closed console or a value that cannot be formatted must not end the thread, and with it the process.
    private void Write(LogEvent logEvent)
    {
        try
        {
            formatter.Format(logEvent, output);
        }
        catch (Exception e)
        {
            Serilog.Debugging.SelfLog.WriteLine("A log line could not be written: {0}", e);
        }
    }

    private void Flush()
    {
        try
        {
            output.Flush();
        }
        catch (Exception e)
        {
            Serilog.Debugging.SelfLog.WriteLine("The log could not be written: {0}", e);
        }
    }
}
