using System.Net;
using System.Net.Sockets;

namespace Roundtable.Tests.Support;

/// <summary>
/// Ports for servers that a test starts. Each is given out once in a run, and none is among those that the system gives to outgoing
/// connections: a port that was only asked for and let go may be somebody else's by the time the server listens.
/// </summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Count = 20_000;

    // Runs side by side begin at different places.
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
                // The next one, then.
            }
        }
    }
}
