using System.Security.Cryptography;

namespace Roundtable.Application.Common;

/// <summary>Random codes that people type: groups of four characters that cannot be confused.</summary>
public static class TypedCode
{
    // Crockford's alphabet: 5 bits a character, without I, L, O and U.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int GroupLength = 4;

    /// <summary>Creates a code in display form, such as <c>7K2M-9QXA</c>.</summary>
    /// <param name="length">The number of characters, without hyphens.</param>
    public static string New(int length) =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, length).Chunk(GroupLength).Select(g => new string(g)));

    /// <summary>Returns the compared form: ignores case, spaces and hyphens, and accepts letters that resemble digits.</summary>
    public static string Normalize(string typed) =>
        string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1');
}
