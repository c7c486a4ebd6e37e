using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Roundtable.Tests.Faults;

/// <summary>Stands between the application and a server, and is a bad line when asked to.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Socket, bool> open = [];
    private readonly IPEndPoint target;
    private int resets;

    public TcpProxy(string host, int port)
    {
        target = new IPEndPoint(Dns.GetHostAddresses(host, AddressFamily.InterNetwork)[0], port);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Resets every connection that comes.</summary>
    public bool Refuses { get; set; }

    /// <summary>Resets a connection after so many bytes from the client; null for never.</summary>
    public int? CutsAfter { get; set; }

    /// <summary>How long every piece of data takes on its way, in both directions.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Looks at what a client sends before it goes on, and may cut the line there; each connection has one of its own.</summary>
    public Func<Func<ReadOnlyMemory<byte>, Cut>>? Watch { get; set; }

    /// <summary>Connections that were reset.</summary>
    public int Resets => resets;

    /// <summary>Resets all connections that are open.</summary>
    public void Drop()
    {
        foreach (var socket in open.Keys)
        {
            Reset(socket);
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        Drop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync(stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            if (Refuses)
            {
                Reset(client);
            }
            else
            {
                _ = ServeAsync(client);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        open[client] = true;
        try
        {
            await server.ConnectAsync(target, stop.Token);
            await Task.WhenAny(PumpAsync(client, server, CutsAfter, Watch?.Invoke()), PumpAsync(server, client, null, null));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side has gone.
        }
        finally
        {
            open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, int? cutAfter, Func<ReadOnlyMemory<byte>, Cut>? watch)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (var passed = 0; await from.ReceiveAsync(buffer, stop.Token) is > 0 and var count; )
            {
                if (passed + count > cutAfter)
                {
                    await to.SendAsync(buffer.AsMemory(0, Math.Max(0, cutAfter.Value - passed)), stop.Token);
                    Reset(from);
                    return;
                }

                passed += count;
                var cut = watch?.Invoke(buffer.AsMemory(0, count)) ?? Cut.None;
                await Task.Delay(Delay, stop.Token);
                if (cut != Cut.Before)
                {
                    await to.SendAsync(buffer.AsMemory(0, count), stop.Token);
                }

                if (cut != Cut.None)
                {
                    Reset(from);
                    return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side has gone.
        }
    }

    private void Reset(Socket socket)
    {
        Interlocked.Increment(ref resets);
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was gone already.
        }
    }
}

/// <summary>Where a line breaks: not at all, before the server gets what was sent, or before the client gets the answer.</summary>
internal enum Cut
{
    None,
    Before,
    After,
}
