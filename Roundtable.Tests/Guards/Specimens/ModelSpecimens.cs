using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Tests.Guards.Specimens;

/// <summary>The model of parcels with one fault, and statements that find their rows the hard way.</summary>
internal static class ModelSpecimens
{
    // Tables as SQLite would be given them, for statements to be explained.
    private const string Schema = "CREATE TABLE Parcels (Id TEXT NOT NULL PRIMARY KEY, Label TEXT NOT NULL, SentAtUtc TEXT); CREATE INDEX IX_Parcels_SentAtUtc_Id ON Parcels (SentAtUtc, Id);";

    public static IEnumerable<Specimen> All()
    {
        yield return new Specimen(
            Guard.Of(ModelGuards.ForeignKeysHaveAnIndex),
            _ => new Subject { Tables = Tables("no index", conventionalIndexes: false) },
            "FK_Parcels_Owners_OwnerId has no index that begins with OwnerId",
            "Add builder.HasIndex(…)");
        yield return Of(ModelGuards.SortsHaveAnIndex, m => Parcels(m).Metadata.RemoveIndex(Index(m, nameof(Parcel.SentAtUtc))), "ParcelSort.SentAt sorts by something that no index of Parcel holds", "to ParcelConfiguration");
        yield return Of(
            ModelGuards.KeysAndHashesCompareByteByByte, m => Parcels(m).Property<string>("TagHash").HasMaxLength(64).IsUnicode(false), "Parcels.TagHash is a key, an id or a hash", "call IsId(), IsHash() or IsBinary()");
        yield return Of(ModelGuards.UniqueTextsCompareByteByByte, m => Parcels(m).HasIndex(p => p.Label).IsUnique(), "Parcels.Label is unique", "call IsBinary()");
        yield return Of(ModelGuards.IdsAreChar32, m => Parcels(m).Property<string>("UserId").HasMaxLength(36).IsUnicode(false).IsBinary(), "Parcels.UserId is varchar(36)", "call IsId()");
        yield return Of(ModelGuards.TimesAreDateTime2, m => Parcels(m).Property(p => p.SentAtUtc).HasColumnType("datetime"), "Parcels.SentAtUtc is datetime", "leave the column's type to the convention");
        yield return Of(ModelGuards.TimeColumnsEndInUtc, m => Parcels(m).Property<DateTime>("Packed"), "Parcels.Packed holds a time", "call it PackedUtc");
        yield return Of(
            ModelGuards.IndexKeysFit,
            m =>
            {
                Parcels(m).Property(p => p.Label).HasMaxLength(1000);
                Parcels(m).HasIndex(p => p.Label);
            },
            "IX_Parcels_Label is 2000 bytes wide",
            "bound its texts by HasMaxLength");
        yield return Of(
            ModelGuards.CascadesReachATableOnce,
            m =>
            {
                Parcels(m).Property<string>("PayerId").IsId();
                Parcels(m).HasOne<Owner>().WithMany().HasForeignKey("PayerId").OnDelete(DeleteBehavior.Cascade);
            },
            "A deletion in Owners would reach Parcels by two ways",
            "OnDelete(DeleteBehavior.ClientCascade)");
        yield return Of(
            ModelGuards.RowsGoWithTheirUser,
            m =>
            {
                m.Entity<Owner>().ToTable("Users");
                Parcels(m).HasOne<Owner>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Restrict);
            },
            "FK_Parcels_Users_OwnerId would keep rows of Parcels",
            "OnDelete(DeleteBehavior.Cascade)");
        yield return new Specimen(
            Guard.Of(ModelGuards.WhatNamesAUserIsExported),
            _ => new Subject { Tables = Tables("not exported", m => m.Entity<Owner>().ToTable("Users")) },
            "Specimens holds rows that name a user",
            "add a class with IAccountData");
        yield return Of(StatementGuards.StatementsReadNoGrowingTableWhole, "SELECT \"p\".\"Id\" FROM \"Parcels\" AS \"p\" WHERE \"p\".\"Label\" = 'x'", "A statement reads a growing table whole (SCAN p)");
        yield return Of(
            StatementGuards.PagesComeInTheOrderOfAnIndex, "SELECT \"Label\" FROM \"Parcels\" WHERE \"SentAtUtc\" > '2026' ORDER BY \"Label\" LIMIT 20", "A statement sorts more than the page that it gives");
    }

    /// <summary>The tables of a variation.</summary>
    public static IReadOnlyList<ITable> Tables(string name, Action<ModelBuilder>? variation = null, bool conventionalIndexes = true)
    {
        using var db = new ParcelsDb(name, variation, conventionalIndexes);
        return [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables];
    }

    public static Subject Explained(string statement)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = Schema;
        create.ExecuteNonQuery();
        return new Subject { Statements = [ExplainedStatement.Of(connection, statement, [])], Growing = ["Parcels"] };
    }

    private static Specimen Of(Func<Subject, IEnumerable<string>> guard, Action<ModelBuilder> variation, string fault, string remedy) =>
        new(Guard.Of(guard), _ => new Subject { Tables = Tables(fault, variation), Application = [typeof(ParcelSort), typeof(ParcelData)] }, fault, remedy);

    private static Specimen Of(Func<Subject, IEnumerable<string>> guard, string statement, string fault) => new(Guard.Of(guard), _ => Explained(statement), fault, "builder.HasIndex(…)");

    private static Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Parcel> Parcels(ModelBuilder model) => model.Entity<Parcel>();

    private static IMutableIndex Index(ModelBuilder model, string first) => Parcels(model).Metadata.GetIndexes().Single(i => i.Properties[0].Name == first);
}
