using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Crypto.Generators;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Identity's hasher, that also checks what people bring along: hashes of Better Auth (scrypt, <c>salt:hash</c> in hex). Those are
/// replaced by our own at the first sign-in.
/// </summary>
internal sealed partial class MigratingPasswordHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<User>(options)
{
    private const int Cost = 16384;
    private const int BlockSize = 16;
    private const int Parallelism = 1;
    private const int IdentityV2Bytes = 49;
    private const int IdentityV3HeaderBytes = 13;
    private const int IdentityV3MinBytes = 45;
    private const int IdentityV3MinPartBytes = 16;
    private const uint IdentityV3Functions = 3;

    // Who brings a hash along must not decide that checking it takes minutes.
    private const uint MaxIterations = 2_000_000;

    /// <summary>Whether it is a stored form that can be checked.</summary>
    public static bool Knows(string hash) => BetterAuth().IsMatch(hash) || IsIdentity(hash);

    public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        if (BetterAuth().Match(hashedPassword) is not { Success: true } theirs)
        {
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }

        // Better Auth normalises what is typed; .NET refuses to where this noncharacter is in it, which no keyboard has.
        if (providedPassword.Contains('\uFFFE'))
        {
            return PasswordVerificationResult.Failed;
        }

        // Better Auth uses the salt's hex text, not the bytes that it stands for.
        var expected = Convert.FromHexString(theirs.Groups["hash"].ValueSpan);
        var salt = Encoding.UTF8.GetBytes(theirs.Groups["salt"].Value);
        var password = Encoding.UTF8.GetBytes(providedPassword.Normalize(NormalizationForm.FormKC));
        var actual = SCrypt.Generate(password, salt, Cost, BlockSize, Parallelism, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected) ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Failed;
    }

    private static bool IsIdentity(string hash)
    {
        Span<byte> bytes = stackalloc byte[512];
        return Convert.TryFromBase64String(hash, bytes, out var length) && bytes[0] switch
        {
            0x00 => length == IdentityV2Bytes,
            0x01 => length >= IdentityV3MinBytes && IsIdentityV3(bytes[..length]),
            _ => false,
        };
    }

    private static bool IsIdentityV3(ReadOnlySpan<byte> bytes)
    {
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var salt = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) < IdentityV3Functions
            && iterations is > 0 and <= MaxIterations
            && salt >= IdentityV3MinPartBytes
            && salt <= bytes.Length - IdentityV3HeaderBytes - IdentityV3MinPartBytes;
    }

    [GeneratedRegex(@"^(?<salt>[0-9a-f]{32}):(?<hash>[0-9a-f]{128})\z")]
    private static partial Regex BetterAuth();
}
