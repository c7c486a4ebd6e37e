using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Infrastructure.Persistence;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;

namespace Roundtable.Tests.Guards.Specimens;

/// <summary>A feature as it should be, through all layers: no guard may find fault with it.</summary>
internal sealed class Parcel
{
    private Parcel()
    {
    }

    public string Id { get; private set; } = "";

    public string OwnerId { get; private set; } = "";

    public string LabelHash { get; private set; } = "";

    public string Label { get; private set; } = "";

    public DateTime? SentAtUtc { get; private set; }

    public void Send(DateTime nowUtc) => SentAtUtc = nowUtc;
}

/// <summary>Whose a parcel is.</summary>
internal sealed class Owner
{
    private Owner()
    {
    }

    public string Id { get; private set; } = "";
}

/// <summary>How parcels travel.</summary>
public sealed class ParcelOptions
{
    public const string SectionName = "App:Parcels";

    /// <summary>How heavy one may be, in grams. Default: 500.</summary>
    public int MaxGrams { get; set; } = 500;
}

/// <summary>By what parcels are sorted.</summary>
public enum ParcelSort
{
    SentAt,
}

internal interface IParcelRepository
{
    Task<Parcel?> LoadAsync(string id, CancellationToken ct);
}

internal sealed class ParcelRepository(DbContext db) : IParcelRepository
{
    public Task<Parcel?> LoadAsync(string id, CancellationToken ct) => db.Set<Parcel>().FirstOrDefaultAsync(p => p.Id == id, ct);
}

/// <summary>What of parcels is in the export of an account.</summary>
internal sealed class ParcelData(DbContext db) : IAccountData
{
    public string Name => "parcels";

    public async Task<IReadOnlyList<object>> ReadAsync(string userId, CancellationToken ct) =>
        await db.Set<Parcel>().Where(p => p.OwnerId == userId).OrderBy(p => p.Id).Select(p => new { p.Id, p.Label }).ToListAsync(ct);
}

public static class ParcelErrors
{
    public static readonly Error AlreadySent = new("conflict", ErrorKind.Conflict, "The parcel is on its way.");
}

/// <summary>A use case: what it writes and records is kept together.</summary>
public sealed class ParcelService(IUserRepository users, ISessionRepository sessions, IAuditTrail audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Errors: <c>conflict</c>.</summary>
    public Task<Result> SendAsync(string userId, CancellationToken ct) => InUnitAsync(
        async ct =>
        {
            if (await users.LoadAsync(userId, ct) is not { } user)
            {
                return ParcelErrors.AlreadySent;
            }

            await sessions.EndAllAsync(user.Id, null, SessionEndReason.Banned, clock.GetUtcNow().UtcDateTime, ct);
            users.Add(user);
            audit.Record("parcel.sent", AuditTarget.User(user.Id));
            return Result.Success;
        },
        ct);

    private Task<Result> InUnitAsync(Func<CancellationToken, Task<Result>> work, CancellationToken ct) => unitOfWork.ExecuteAsync(work, ct);
}

/// <summary>Parcels of a user.</summary>
[Route("api/v1/admin/parcels")]
[Tags("Users")]
public sealed class ParcelsController(ParcelService parcels) : ApiController
{
    [HttpPost("{id}/send")]
    [Operation("sendParcel", LogType = "security")]
    [EndpointSummary("Send a parcel.")]
    [RequirePermission(Permissions.UsersUpdate)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("conflict")]
    public async Task<ActionResult> Send([Description("The parcel's id.")] string id, CancellationToken ct) => Reply(await parcels.SendAsync(id, ct));
}

/// <summary>Reads a parcel, without a word about what that is.</summary>
[Route("api/v1/admin/parcels")]
[Tags("Users")]
public sealed class UnsummarisedController : ApiController
{
    [HttpGet("{id}")]
    [Operation("getParcel")]
    [RequirePermission(Permissions.UsersRead)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("conflict")]
    public ActionResult Get([Description("The parcel's id.")] string id, CancellationToken ct) => Reply(id.Length > 0 && !ct.IsCancellationRequested ? Result.Success : Errors.Conflict);
}

/// <summary>The model of parcels, or of a variation, as SQL Server has it.</summary>
/// <param name="name">Of the variation: a model is made once for each.</param>
/// <param name="conventionalIndexes">Whether EF Core gives foreign keys an index by itself.</param>
internal sealed class ParcelsDb(string name, Action<ModelBuilder>? variation, bool conventionalIndexes) : DbContext
{
    public string Name => name;

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
        .UseSqlServer("Server=nowhere")
        .ReplaceService<IModelCacheKeyFactory, ByName>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ModelConventions.Apply(configurationBuilder);
        if (!conventionalIndexes)
        {
            configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Owner>(owner =>
        {
            owner.ToTable("Owners");
            owner.Property(o => o.Id).IsId();
        });
        modelBuilder.Entity<Parcel>(parcel =>
        {
            parcel.ToTable("Parcels");
            parcel.Property(p => p.Id).IsId();
            parcel.Property(p => p.OwnerId).IsId();
            parcel.Property(p => p.LabelHash).IsHash();
            parcel.Property(p => p.Label).HasMaxLength(100);
            parcel.HasOne<Owner>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Cascade);
            parcel.HasIndex(p => p.LabelHash).IsUnique();
            parcel.HasIndex(p => new { p.SentAtUtc, p.Id });
        });
        variation?.Invoke(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.FindAnnotation(ModelConventions.ComparesBinary) is not null))
        {
            property.SetCollation("Latin1_General_100_BIN2");
        }
    }

    private sealed class ByName : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (((ParcelsDb)context).Name, designTime);
    }
}
