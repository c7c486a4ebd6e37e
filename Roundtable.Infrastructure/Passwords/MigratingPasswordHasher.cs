using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Crypto.Generators;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Identity;

namespace Roundtable.Infrastructure.Passwords;

/// <summary>
/// Identity's hasher, which also checks imported hashes: those of Better Auth (scrypt, <c>salt:hash</c> in hex). They are replaced by our
/// own at the first sign-in. Checking any hash costs as much as checking our own, so that timing does not reveal where an account comes
/// from.
/// </summary>
internal sealed partial class MigratingPasswordHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<User>(options)
{
    private const int Cost = 16384;
    private const int BlockSize = 16;
    private const int Parallelism = 1;
    private const int MaxHashBytes = 512;
    private const int IdentityV2Bytes = 49;
    private const int IdentityV3HeaderBytes = 13;
    private const int IdentityV3MinBytes = 45;
    private const int IdentityV3MinPartBytes = 16;
    private const int IdentityV3Sha512 = 2;
    private const int ProbeIterations = 5_000;

    // Output length in bytes of each of Identity's functions, by its number there: HMAC-SHA1, HMAC-SHA256, HMAC-SHA512.
    private static readonly int[] IdentityV3OutputBytes = [20, 32, 64];

    private readonly int ownIterations = options.Value.IterationCount;

    /// <summary>Returns whether the hash has a format that can be checked.</summary>
    public static bool Knows(string hash) =>
        hash.Length <= Credentials.PasswordHashMaxLength && (BetterAuth().IsMatch(hash) || IsIdentity(hash));

    /// <summary>Hashes the NFC form, however the password was typed.</summary>
    public override string HashPassword(User user, string password) => base.HashPassword(user, UnicodeText.Nfc(password));

    /// <summary>
    /// Tries each Unicode form. Their number depends only on the typed password, so every failure costs the same for every account.
    /// </summary>
    public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        foreach (var form in UnicodeText.Forms(providedPassword))
        {
            if (VerifyForm(user, hashedPassword, form) is var verified and not PasswordVerificationResult.Failed)
            {
                return form == UnicodeText.Nfc(providedPassword) ? verified : PasswordVerificationResult.SuccessRehashNeeded;
            }
        }

        return PasswordVerificationResult.Failed;
    }

    private PasswordVerificationResult VerifyForm(User user, string hashedPassword, string providedPassword)
    {
        var started = Stopwatch.GetTimestamp();
        var result = BetterAuth().Match(hashedPassword) is { Success: true } theirs
            ? VerifyBetterAuth(theirs, providedPassword)
            : base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        if (!IsOwn(hashedPassword))
        {
            TopUp(Stopwatch.GetElapsedTime(started));
        }

        return result;
    }

    private static PasswordVerificationResult VerifyBetterAuth(Match theirs, string providedPassword)
    {
        // Better Auth normalises passwords; .NET cannot normalise this noncharacter, which no keyboard has.
        if (providedPassword.Contains('\uFFFE'))
        {
            return PasswordVerificationResult.Failed;
        }

        // Better Auth uses the hex text of the salt, not the decoded bytes.
        var expected = Convert.FromHexString(theirs.Groups["hash"].ValueSpan);
        var salt = Encoding.UTF8.GetBytes(theirs.Groups["salt"].Value);
        var password = Encoding.UTF8.GetBytes(providedPassword.Normalize(NormalizationForm.FormKC));
        var actual = SCrypt.Generate(password, salt, Cost, BlockSize, Parallelism, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected)
            ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Failed;
    }

    private bool IsOwn(string hash)
    {
        Span<byte> bytes = stackalloc byte[MaxHashBytes];
        return Convert.TryFromBase64String(hash, bytes, out var length)
            && length >= IdentityV3MinBytes
            && bytes[0] == 0x01
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) == IdentityV3Sha512
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]) == ownIterations;
    }

    /// <summary>
    /// Does the rest of the work that our own hash would have taken. Measures what the elapsed time is worth at the moment.
    /// </summary>
    private void TopUp(TimeSpan spent)
    {
        var started = Stopwatch.GetTimestamp();
        Work(Math.Min(ProbeIterations, ownIterations));
        var rest = ownIterations - ProbeIterations - (ProbeIterations * (spent / Stopwatch.GetElapsedTime(started)));
        Work((int)Math.Max(0, rest));
    }

    private static void Work(int iterations)
    {
        if (iterations > 0)
        {
            Rfc2898DeriveBytes.Pbkdf2("decoy"u8, "0123456789abcdef"u8, iterations, HashAlgorithmName.SHA512, 32);
        }
    }

    private static bool IsIdentity(string hash)
    {
        Span<byte> bytes = stackalloc byte[MaxHashBytes];
        return Convert.TryFromBase64String(hash, bytes, out var length)
            && bytes[0] switch
            {
                0x00 => length == IdentityV2Bytes,
                0x01 => length >= IdentityV3MinBytes && IsIdentityV3(bytes[..length]),
                _ => false,
            };
    }

    // The supplier of a hash must not decide that checking it takes longer than checking our own. A key longer than the function's output
    // takes several runs, each with all iterations.
    private static bool IsIdentityV3(ReadOnlySpan<byte> bytes)
    {
        var function = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var salt = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        if (
            function >= IdentityV3OutputBytes.Length
            || iterations is 0 or > IdentitySetup.HashIterations
            || salt < IdentityV3MinPartBytes
            || salt > bytes.Length - IdentityV3HeaderBytes - IdentityV3MinPartBytes
        )
        {
            return false;
        }

        var keyBytes = bytes.Length - IdentityV3HeaderBytes - (int)salt;
        var runs = (keyBytes + IdentityV3OutputBytes[function] - 1) / IdentityV3OutputBytes[function];
        return iterations * runs <= IdentitySetup.HashIterations;
    }

    [GeneratedRegex(@"^(?<salt>[0-9a-f]{32}):(?<hash>[0-9a-f]{128})\z")]
    private static partial Regex BetterAuth();
}
