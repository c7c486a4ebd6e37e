using System.Net;
using System.Text;
using HandlebarsDotNet;

namespace Roundtable.Infrastructure.Email;

/// <summary>
/// Encodes text and quoted attributes. Handlebars' own encoder also encodes <c>=</c>, which would make links in the source of a mail
/// unreadable.
/// </summary>
internal sealed class HtmlTextEncoder : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => target.Write(WebUtility.HtmlEncode(text));

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var characters = new StringBuilder();
        while (text?.MoveNext() == true)
        {
            characters.Append(text.Current);
        }

        Encode(characters, target);
    }
}
