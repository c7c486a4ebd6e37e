using System.Collections.Specialized;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Webhooks;

/// <summary>An endpoint that stores what it receives and responds as configured.</summary>
internal sealed class Sink : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly HttpListener listener = new();
    private readonly Channel<(string Body, NameValueCollection Headers)> messages = Channel.CreateUnbounded<(
        string,
        NameValueCollection
    )>();
    private int count;

    public Sink()
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public int Status { get; set; } = 200;

    /// <summary>The text of the answers.</summary>
    public string Text { get; set; } = "";

    /// <summary>The number of messages received.</summary>
    public int Count => count;

    public async Task<(string Body, NameValueCollection Headers)> NextAsync() =>
        await messages.Reader.ReadAsync().AsTask().WaitAsync(Timeout);

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            for (; ; )
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var body = await reader.ReadToEndAsync();
                Interlocked.Increment(ref count);
                context.Response.StatusCode = Status;
                if (Text.Length > 0)
                {
                    context.Response.ContentType = "text/plain";
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Text));
                }

                context.Response.Close();
                await messages.Writer.WriteAsync((body, context.Request.Headers));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
