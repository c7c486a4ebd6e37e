using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Roundtable.Tests.Faults;

/// <summary>How a mail server treats an attempt.</summary>
internal enum Misbehavior
{
    None,
    Refuses,
    Hangs,
    TooBusy,
    Rejects,
    CutsDuringBody,
    CutsBeforeQuit,
}

/// <summary>A mail server that can be configured to misbehave.</summary>
internal interface IMailServer : IAsyncDisposable
{
    /// <summary>The server's behaviour, by attempt number from 0.</summary>
    Func<int, Misbehavior> Behaviour { get; set; }

    int Port { get; }

    int Attempts { get; }

    /// <summary>The recipients of all accepted mails, one entry per mail.</summary>
    IReadOnlyCollection<string> Accepted { get; }

    (string, string?)[] Settings(int port);
}

/// <summary>Implements as much SMTP as a client needs to deliver a mail.</summary>
internal sealed class SmtpSink : IMailServer
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> accepted = [];
    private int attempts;

    public SmtpSink()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public Func<int, Misbehavior> Behaviour { get; set; } = _ => Misbehavior.None;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Attempts => attempts;

    public IReadOnlyCollection<string> Accepted => accepted;

    public (string, string?)[] Settings(int port) =>
        [("Email:Transport", "Smtp"), ("Email:Smtp:Host", "127.0.0.1"), ("Email:Smtp:Port", $"{port}"), ("Email:Smtp:UseTls", "false")];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await ConverseAsync(client, Behaviour(Interlocked.Increment(ref attempts) - 1));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client is gone.
        }
    }

    private async Task ConverseAsync(TcpClient client, Misbehavior misbehavior)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Task SayAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop.Token).AsTask();

        if (misbehavior == Misbehavior.Hangs)
        {
            await Task.Delay(Timeout.Infinite, stop.Token);
        }

        await SayAsync(misbehavior == Misbehavior.Refuses ? "554 5.3.2 not today" : "220 sink.example ready");
        var recipient = "";
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "RCPT":
                    recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await SayAsync(
                        misbehavior switch
                        {
                            Misbehavior.TooBusy => "451 4.3.0 try again later",
                            Misbehavior.Rejects => $"550 5.7.1 <{recipient}> not here",
                            _ => "250 2.1.5 yes",
                        }
                    );
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    if (!await ReadBodyAsync(reader, misbehavior))
                    {
                        client.Client.LingerState = new LingerOption(true, 0);
                        return;
                    }

                    accepted.Enqueue(recipient);
                    await SayAsync("250 2.0.0 queued");
                    if (misbehavior == Misbehavior.CutsBeforeQuit)
                    {
                        return;
                    }

                    break;
                case "QUIT":
                    await SayAsync("221 2.0.0 bye");
                    return;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }
    }

    // Returns false if the body is to be cut in the middle.
    private async Task<bool> ReadBodyAsync(StreamReader reader, Misbehavior misbehavior)
    {
        for (var lines = 0; await reader.ReadLineAsync(stop.Token) is { } line && line != "."; lines++)
        {
            if (misbehavior == Misbehavior.CutsDuringBody && lines == 5)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>SendGrid's Web API, as far as needed to send a mail.</summary>
internal sealed class SendGridSink : IMailServer
{
    private readonly ConcurrentQueue<string> accepted = [];
    private readonly CancellationTokenSource stop = new();
    private readonly WebApplication server;
    private int attempts;

    public SendGridSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(context => AnswerAsync(context, Behaviour(Interlocked.Increment(ref attempts) - 1)));
        server.StartAsync().GetAwaiter().GetResult();
    }

    public Func<int, Misbehavior> Behaviour { get; set; } = _ => Misbehavior.None;

    public int Port => new Uri(server.Urls.Single()).Port;

    public int Attempts => attempts;

    public IReadOnlyCollection<string> Accepted => accepted;

    public (string, string?)[] Settings(int port) =>
        [("Email:Transport", "SendGrid"), ("Email:SendGrid:ApiKey", "SG.test"), ("Email:SendGrid:BaseUrl", $"http://127.0.0.1:{port}")];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await server.DisposeAsync();
        stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, Misbehavior misbehavior)
    {
        switch (misbehavior)
        {
            case Misbehavior.Refuses:
                context.Response.StatusCode = 401;
                return;
            case Misbehavior.Hangs:
                await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case Misbehavior.TooBusy:
                (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "7");
                return;
            case Misbehavior.Rejects:
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync("<html>oops</html>");
                return;
            case Misbehavior.CutsDuringBody:
                await context.Request.Body.ReadExactlyAsync(new byte[100]);
                context.Abort();
                return;
        }

        using var mail = await JsonDocument.ParseAsync(context.Request.Body);
        accepted.Enqueue(mail.RootElement.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString()!);
        context.Response.StatusCode = 202;
        if (misbehavior == Misbehavior.CutsBeforeQuit)
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{\"half\":");
            await context.Response.Body.FlushAsync();
            // A reset discards unread data, but the response head must arrive.
            await Task.Delay(300, stop.Token);
            context.Abort();
        }
    }
}
