namespace Roundtable.Application.Common;

/// <summary>Encodes a list position as an opaque cursor and decodes it; tampered or foreign cursors do not decode.</summary>
public interface ICursorCodec
{
    /// <param name="list">The list and its order; a cursor decodes only for the same list and order.</param>
    /// <param name="keys">The sort keys of the last item.</param>
    string Encode(string list, IReadOnlyList<string> keys);

    /// <summary>Returns the sort keys, or null if the cursor is not from this list.</summary>
    IReadOnlyList<string>? Decode(string list, string cursor);
}
