using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>
/// Reads columns of the row that a statement stands on. The provider's own calls guard the statement's handle and leave the runtime for
/// each value, which for a page of users takes longer than SQLite does; these are only looked up in memory. The caller keeps the statement.
/// </summary>
internal static partial class NativeColumns
{
    private const string Library = "e_sqlite3";
    private const int Null = 5;

    public static bool IsNull(nint statement, int column) => sqlite3_column_type(statement, column) == Null;

    public static int Number(nint statement, int column) => sqlite3_column_int(statement, column);

    public static long LongNumber(nint statement, int column) => sqlite3_column_int64(statement, column);

    /// <summary>Valid until the statement goes on; empty for null.</summary>
    public static unsafe ReadOnlySpan<byte> Utf8(nint statement, int column)
    {
        // In this order: asking for the text may change its form, and with it its length.
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
