using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Roundtable.Tests.Faults;

/// <summary>A proxy between the application and a server that can simulate a bad connection.</summary>
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

    /// <summary>Resets every new connection.</summary>
    public bool Refuses { get; set; }

    /// <summary>Resets a connection after this many bytes from the client; null for never.</summary>
    public int? CutsAfter { get; set; }

    /// <summary>The delay of every chunk of data, in both directions.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Inspects what a client sends before forwarding, and may cut the connection there; one per connection.</summary>
    public Func<Func<ReadOnlyMemory<byte>, Cut>>? Watch { get; set; }

    /// <summary>Connections that were reset.</summary>
    public int Resets => resets;

    /// <summary>Resets all open connections.</summary>
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
            // Either side is gone.
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
            // Either side is gone.
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
            // It was already closed.
        }
    }
}

/// <summary>Where a connection breaks: not at all, before the server gets the request, or before the client gets the response.</summary>
internal enum Cut
{
    None,
    Before,
    After,
}
