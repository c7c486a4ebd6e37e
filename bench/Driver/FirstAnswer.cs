using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Roundtable.Bench.Driver;

/// <summary>Polls a starting server until it answers a request with 200.</summary>
internal static class FirstAnswer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>Nanoseconds since 1970, as printed by <c>date +%s%N</c>.</returns>
    public static long Await(Uri url, string cookie)
    {
        var request = Encoding.ASCII.GetBytes(
            $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        );
        var patience = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < patience)
        {
            if (Answers200(new IPEndPoint(IPAddress.Loopback, url.Port), request))
            {
                return (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(1));
        }

        throw new TimeoutException($"{url} did not answer 200 within {Patience.TotalSeconds} s.");
    }

    private static bool Answers200(IPEndPoint address, byte[] request)
    {
        var answer = new byte["HTTP/1.1 200"u8.Length];
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(address);
            socket.Send(request);
            for (var read = 0; read < answer.Length; )
            {
                var count = socket.Receive(answer, read, answer.Length - read, SocketFlags.None);
                if (count == 0)
                {
                    return false;
                }

                read += count;
            }

            return answer.AsSpan().EndsWith(" 200"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
