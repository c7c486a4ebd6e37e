namespace Roundtable.Application.Common;

/// <summary>Turns a list position into an opaque string and back; tampered or foreign strings do not decode.</summary>
public interface ICursorCodec
{
    /// <param name="list">The list and its order; a cursor decodes for the same one only.</param>
    /// <param name="keys">The sort keys of the last item.</param>
    string Encode(string list, IReadOnlyList<string> keys);

    /// <summary>The sort keys, or null when the cursor is not one of this list.</summary>
    IReadOnlyList<string>? Decode(string list, string cursor);
}
