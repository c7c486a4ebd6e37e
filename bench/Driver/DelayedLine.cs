using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Roundtable.Bench.Driver;

/// <summary>
/// A proxy that simulates a network between a program and its database: responses are delayed, and several can be in flight.
/// </summary>
internal static class DelayedLine
{
    /// <param name="server">Host and port, separated by a comma as in connection strings.</param>
    public static async Task RunAsync(int port, string server, TimeSpan delay)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            _ = ServeAsync(await listener.AcceptTcpClientAsync(), server.Split(','), delay);
        }
    }

    private static async Task ServeAsync(TcpClient client, string[] server, TimeSpan delay)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(server[0], server.Length > 1 ? int.Parse(server[1], CultureInfo.InvariantCulture) : 1433);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), PassOnLaterAsync(far.GetStream(), near.GetStream(), delay));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Either side has closed.
        }
    }

    private static async Task PassOnLaterAsync(NetworkStream from, NetworkStream to, TimeSpan delay)
    {
        var under = Channel.CreateUnbounded<(long Since, byte[] Data)>();
        var sending = Task.Run(async () =>
        {
            await foreach (var (since, data) in under.Reader.ReadAllAsync())
            {
                if (delay - TimeProvider.System.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
                {
                    await Task.Delay(left);
                }

                await to.WriteAsync(data);
            }
        });
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            under.Writer.TryWrite((TimeProvider.System.GetTimestamp(), buffer[..count]));
        }

        under.Writer.Complete();
        await sending;
    }
}
