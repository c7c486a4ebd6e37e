using System.Net;
using System.Net.Sockets;

namespace Roundtable.Tests.Support;

/// <summary>
/// Ports for servers that a test starts. Each is used once per run and is outside the system's ephemeral range: a port that was only
/// probed and released may be taken by the time the server listens.
/// </summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Count = 20_000;

    // Parallel runs start at different ports.
    private static int given = Environment.ProcessId * 97 % Count;

    public static int Next()
    {
        for (; ; )
        {
            var port = First + Interlocked.Increment(ref given) % Count;
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Try the next port.
            }
        }
    }
}
