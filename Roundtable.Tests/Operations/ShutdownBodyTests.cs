using System.Net.Sockets;
using System.Text;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>
/// A request whose first byte has arrived is answered even if the process is asked to end meanwhile; if its body does not arrive in
/// time, the response is 503.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class ShutdownBodyTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // The bytes that arrive before the signal and after it.
    private static IEnumerable<(string Name, string Before, string After, int Status)> Requests()
    {
        var json = $$"""{"email":"{{TestApp.NewEmail("slow")}}"}""";
        var head = Head("POST", "/api/v1/auth/magic-link", "Content-Type: application/json");
        var whole = $"{head}Content-Length: {json.Length}\r\n\r\n";
        var chunked = $"{head}Transfer-Encoding: chunked\r\n\r\n";
        yield return ("first byte", whole[..1], whole[1..] + json, 202);
        yield return ("half the headers", whole[..40], whole[40..] + json, 202);
        yield return ("headers", whole, json, 202);
        yield return ("half the body", whole + json[..10], json[10..], 202);
        yield return ("all but a byte", whole + json[..^1], json[^1..], 202);
        yield return ("chunked, headers", chunked, Chunk(json) + End, 202);
        yield return ("chunked, half", chunked + Chunk(json[..10]), Chunk(json[10..]) + End, 202);
        yield return ("chunked, without its end", chunked + Chunk(json), End, 202);
        yield return (
            "no body, half the headers",
            Head("GET", "/api/v1/auth/session")[..30],
            Head("GET", "/api/v1/auth/session")[30..] + "\r\n",
            200
        );
        yield return (
            "no body, sign-out",
            Head("POST", "/api/v1/auth/sign-out")[..30],
            Head("POST", "/api/v1/auth/sign-out")[30..] + "Content-Length: 0\r\n\r\n",
            204
        );
        yield return ("health", Head("GET", "/health/live")[..10], Head("GET", "/health/live")[10..] + "\r\n", 200);
        yield return ("never: headers alone", whole, "", 503);
        yield return ("never: half the body", whole + json[..10], "", 503);
        yield return ("never: chunked", chunked + Chunk(json[..10]), "", 503);
    }

    [Test]
    public async Task StartedRequest_IsAnswered()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        using var admin = await server.SignInAsync(TestApp.AdminEmail);
        var import = Import(admin.SessionCookie!);
        var requests = Requests()
            .Append(("streamed import, half", import[..^20], import[^20..], 200))
            .Append(("never: streamed import", import[..^20], "", 503))
            .ToList();
        var open = new List<(string Name, TcpClient Client, string After, int Status)>();
        foreach (var (name, before, after, status) in requests)
        {
            var client = new TcpClient();
            await client.ConnectAsync(server.BaseAddress.Host, server.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(before));
            open.Add((name, client, after, status));
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        server.Terminate();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var answers = await Task.WhenAll(open.Select(o => AnswerAsync(o.Client, o.After)));
        Assert.Multiple(() =>
        {
            foreach (var ((name, _, _, status), answer) in open.Zip(answers))
            {
                Assert.That(answer, Does.StartWith($"HTTP/1.1 {status} "), name);
                Assert.That(
                    status != 503 || (answer.Contains("\"code\":\"unavailable\"") && answer.Contains("\r\nRetry-After: ")),
                    Is.True,
                    $"{name}: {answer}"
                );
            }
        });
        Assert.That(await server.WaitForExitAsync(Timeout), Is.Zero);
        Assert.That(server.Output + server.Errors, Does.Not.Contain("unexpected error").And.Not.Contain("Exception"));
        open.ForEach(o => o.Client.Dispose());
    }

    [Test]
    public async Task MissingBody_IsAnsweredWith408()
    {
        await using var app = TestApp.Start();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", app.BaseAddress.Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    Head("POST", "/api/v1/auth/magic-link", "Content-Type: application/json") + "Content-Length: 100\r\n\r\n{"
                )
            );
        Assert.That(
            await AnswerAsync(client, ""),
            Does.StartWith("HTTP/1.1 408 ").And.Contain("\"code\":\"request_timeout\"").And.Contain("application/problem+json")
        );
    }

    private const string End = "0\r\n\r\n";

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    private static string Head(string method, string path, params string[] headers) =>
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(headers.Select(h => $"{h}\r\n"))}";

    private static string Import(string session)
    {
        var rows = $"email\r\n{string.Concat(Enumerable.Range(0, 3).Select(_ => $"{TestApp.NewEmail("import")}\r\n"))}";
        return Head(
                "POST",
                "/api/v1/admin/users/import",
                "Content-Type: text/csv",
                $"Cookie: roundtable.session={session}",
                $"Content-Length: {rows.Length}"
            )
            + "\r\n"
            + rows;
    }

    private static async Task<string> AnswerAsync(TcpClient client, string after)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(after));
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        using var limit = new CancellationTokenSource(Timeout);
        var answer = new StringBuilder();
        try
        {
            while (await reader.ReadLineAsync(limit.Token) is { } line)
            {
                answer.Append(line).Append("\r\n");
                if (line.Contains("\"code\":", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            answer.Append(e.Message);
        }

        return answer.ToString();
    }
}
