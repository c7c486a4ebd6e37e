using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>What a process does when asked to end, as in every deployment.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ShutdownTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);

    [Test]
    public async Task RunningRequest_IsAnswered_WhileNewOnesAreRefused()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        var body = Encoding.ASCII.GetBytes($$"""{"email":"{{TestApp.NewEmail("slow")}}"}""");
        using var slow = await ConnectAsync(server);
        await using var stream = slow.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/v1/auth/magic-link HTTP/1.1\r\nHost: {server.BaseAddress.Authority}\r\nContent-Type: "
                    + $"application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"
            )
        );
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 100 Continue"), "The application reads the body");
        Assert.That(await reader.ReadLineAsync(), Is.Empty);

        server.Terminate();
        await WaitUntilRefusedAsync(server);
        await stream.WriteAsync(body);
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 202 Accepted"));
        Assert.That(await server.WaitForExitAsync(Timeout), Is.Zero);
        Assert.That(Read(server, "SELECT count(*) FROM OutboxMails"), Is.EqualTo("1"), "acknowledged writes are stored");
    }

    [Test]
    public async Task LeasedMails_AreReleased()
    {
        using var folder = new TempFolder();
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var server = await ServerProcess.ServeAsync(
            folder.Name,
            ("Email:Transport", "Smtp"),
            ("Email:Smtp:Host", "127.0.0.1"),
            ("Email:Smtp:UseTls", "false"),
            ("Email:Smtp:Port", $"{((IPEndPoint)mute.LocalEndpoint).Port}")
        );
        (await server.NewBrowser().PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() })).ShouldSucceed(202);
        for (var i = 0; Read(server, "SELECT Status FROM OutboxMails") != "Sending"; i++)
        {
            Assert.That(i, Is.LessThan(200), "The mail was not claimed");
            await Task.Delay(50);
        }

        server.Terminate();
        Assert.That(await server.WaitForExitAsync(Timeout), Is.Zero);
        Assert.That(
            Read(
                server,
                "SELECT Status || ' ' || Attempts || ' ' || coalesce(LeaseOwner, 'nobody') || ' ' || coalesce(LeasedUntilUtc, "
                    + "'free') FROM OutboxMails"
            ),
            Is.EqualTo("Pending 0 nobody free")
        );
    }

    private static async Task<TcpClient> ConnectAsync(ServerProcess server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.BaseAddress.Host, server.BaseAddress.Port);
        return client;
    }

    private static async Task WaitUntilRefusedAsync(ServerProcess server)
    {
        for (var i = 0; ; i++)
        {
            Assert.That(i, Is.LessThan(200), "Connections are still accepted");
            try
            {
                using var client = await ConnectAsync(server);
            }
            catch (SocketException)
            {
                return;
            }

            await Task.Delay(50);
        }
    }

    private static string? Read(ServerProcess server, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=false;Mode=ReadWrite");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
