using System.Security.Cryptography;
using System.Text;

namespace Roundtable.Application.Sessions;

/// <summary>Computes the hash under which a session's secret is stored.</summary>
public static class SessionSecret
{
    public static string Hash(string secret)
    {
        Span<byte> utf8 = stackalloc byte[256];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Encoding.UTF8.TryGetBytes(secret, utf8, out var length))
        {
            return "";
        }

        SHA256.HashData(utf8[..length], hash);
        return Convert.ToHexStringLower(hash);
    }
}
