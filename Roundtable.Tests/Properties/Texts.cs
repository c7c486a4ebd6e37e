using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Roundtable.Tests.Properties;

/// <summary>Generators of texts for property tests, and how the tests run.</summary>
internal static class Texts
{
    private static readonly string[] Awkward =
    [
        "",
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\"",
        "\"\"",
        "'",
        ",",
        ";",
        "=",
        "+",
        "-",
        "@",
        "=1+1",
        "é",
        "界",
        "🙂",
        "\u202e",
        "\ufeff",
        "\u2028",
        "\\",
        "/",
        "%2f",
        "&",
        "<",
        "#",
        "x",
        "true",
        "null",
    ];

    /// <summary>Unicode of every kind, with characters that break formats.</summary>
    public static readonly Gen<string> Any = Gen.OneOf(
            Gen.Elements(Awkward),
            Gen.Choose(0, 0x10FFFF).Where(Rune.IsValid).Select(c => new Rune(c).ToString()),
            Gen.Choose(' ', '~').Select(c => ((char)c).ToString())
        )
        .Parts(0, 12);

    /// <summary>A character of the URL-safe alphabet of cursors and tokens.</summary>
    public static readonly Gen<char> TokenCharacter = Gen.Elements(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".ToCharArray()
    );

    public static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    /// <summary>Concatenates several parts.</summary>
    public static Gen<string> Parts(this Gen<string> part, int fewest, int most) =>
        from count in Gen.Choose(fewest, most)
        from parts in part.ArrayOf(count)
        select string.Concat(parts);

    /// <summary>
    /// Checks the property with this many values, the same in each run, so that a failure is due to a change;
    /// <c>ROUNDTABLE_PROPERTIES=random</c> varies them. A failure reports the smallest value found and how to reproduce it.
    /// </summary>
    public static void Hold<T>(this Gen<T> values, Func<T, bool> property, int times = 1000)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true);
        Prop.ForAll(values.ToArbitrary(), property)
            .Check(Environment.GetEnvironmentVariable("ROUNDTABLE_PROPERTIES") == "random" ? config : config.WithReplay(20261126, 1));
    }
}
