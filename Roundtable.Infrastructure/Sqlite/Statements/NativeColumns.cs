using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>
/// Reads columns of a statement's current row. For each value the provider's own calls guard the statement's handle and leave the
/// runtime, which takes longer for a page of users than SQLite does; these calls only look up memory. The caller must keep the statement
/// alive.
/// </summary>
internal static partial class NativeColumns
{
    private const string Library = "e_sqlite3";
    private const int Null = 5;

    public static bool IsNull(nint statement, int column) => sqlite3_column_type(statement, column) == Null;

    public static int Number(nint statement, int column) => sqlite3_column_int(statement, column);

    public static long LongNumber(nint statement, int column) => sqlite3_column_int64(statement, column);

    /// <summary>Valid until the statement's next step; empty for null.</summary>
    public static unsafe ReadOnlySpan<byte> Utf8(nint statement, int column)
    {
        // The order matters: reading the text may convert it and so change its length.
        var text = sqlite3_column_text(statement, column);
        return new ReadOnlySpan<byte>(text, sqlite3_column_bytes(statement, column));
    }

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static partial int sqlite3_column_int(nint statement, int column);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static unsafe partial byte* sqlite3_column_text(nint statement, int column);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static partial int sqlite3_column_bytes(nint statement, int column);
}
