using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Tests.Guards.Specimens;

/// <summary>Entities, options and services with one fault each.</summary>
internal static class CodeSpecimens
{
    public static IEnumerable<Specimen> All()
    {
        yield return Specimen.Of(CodeGuards.ClassesAreSealed, new Subject { Application = [typeof(Open)] }, "Open is open for inheritance", "make it sealed");
        yield return Specimen.Of(CodeGuards.TimesEndInUtc, new Subject { Domain = [typeof(Timeless)] }, "Timeless.SentAt does not say which time it is", "call it SentAtUtc");
        yield return Specimen.Of(CodeGuards.TimesAreDateTimes, new Subject { Domain = [typeof(Offset)] }, "Offset.SentAtUtc is a DateTimeOffset", "make it a DateTime in UTC");
        yield return Specimen.Of(CodeGuards.EntitiesHavePrivateSetters, new Subject { Domain = [typeof(Settable)] }, "Settable.Weight can be set by anybody", "make the setter private");
        yield return Specimen.Of(
            CodeGuards.CancellationTokensStandLast, new Subject { Application = [typeof(Disorderly)] }, "Disorderly.SendAsync takes its cancellation token elsewhere", "put it last and call it ct");
        yield return Specimen.Of(
            CodeGuards.AsynchronousWorkCanBeCancelled, new Subject { Application = [typeof(Unstoppable)] }, "Unstoppable.SendAsync cannot be stopped", "take 'CancellationToken ct'");
        yield return Specimen.Of(CodeGuards.PortsAreImplemented, new Subject { Application = [typeof(IParcelRepository)] }, "Nothing implements IParcelRepository", "write its repository");
        yield return Specimen.Of(CodeGuards.ServicesAreRegistered, new Subject { Application = [typeof(Forgotten)], Registered = t => t != typeof(Forgotten) }, "Forgotten takes ports and is registered nowhere", "put [ScopedService] on it");
        yield return Specimen.Of(
            CodeGuards.ControllersAskForWhatIsRegistered, new Subject { Api = [typeof(ParcelsController)], Registered = t => t != typeof(ParcelService) }, "ParcelsController asks for ParcelService", "put [ScopedService] on that");
        yield return Specimen.Of(CodeGuards.OptionsTellTheirDefaults, new Subject { Api = [typeof(Secretive)] }, "Secretive.MaxGrams does not tell its default", "'Default: ….'");
        yield return Specimen.Of(CodeGuards.CommentsOfOptionsAreTrue, new Subject { Api = [typeof(Lying)] }, "Lying.MaxGrams begins as 500, and its comment says 'Default: 400.'", "correct the one that is wrong");
        yield return Specimen.Of(
            CodeGuards.OptionsCanBeGivenOnTheCommandLine, new Subject { Api = [typeof(Hidden)] }, "The section Parcels of Hidden cannot be given on the command line", "add its first part to CommandLine.Sections");
        yield return Specimen.Of(
            ConductGuards.WritesShareATransaction,
            new Subject { Application = [typeof(Halfway)] },
            "Halfway.SendAsync writes through ISessionRepository.EndAllAsync and IUserRepository.Add",
            "do it within unitOfWork.ExecuteAsync");
        yield return Specimen.Of(
            ConductGuards.WritesShareATransaction,
            new Subject { Application = [typeof(HalfInside)] },
            "HalfInside.SendAsync writes through ISessionRepository.EndAllAsync and IUserRepository.RemoveAsync",
            "do it within unitOfWork.ExecuteAsync");
        yield return Specimen.Of(
            ConductGuards.ErrorsHaveTheirCatalogedStatus, new Subject { Application = [typeof(UnknownErrors)] }, "UnknownErrors.Lost has the code 'parcel_lost', which ErrorCatalog lacks", "add it there");
        yield return Specimen.Of(
            ConductGuards.ErrorsHaveTheirCatalogedStatus, new Subject { Application = [typeof(OtherErrors)] }, "OtherErrors.Sent is answered with status 403", "give it another kind");
    }

#pragma warning disable CA1852 // That is its fault.
    public class Open;
#pragma warning restore CA1852

    public sealed class Timeless
    {
        private Timeless()
        {
        }

        public DateTime? SentAt { get; private set; }
    }

    public sealed class Offset
    {
        private Offset()
        {
        }

        public DateTimeOffset SentAtUtc { get; private set; }
    }

    public sealed class Settable
    {
        private Settable()
        {
        }

        public int Weight { get; set; }
    }

    public sealed class Disorderly(TimeProvider clock)
    {
#pragma warning disable CA1068 // That is its fault.
        public Task SendAsync(CancellationToken stop, string id) => Task.Delay(TimeSpan.FromSeconds(id.Length), clock, stop);
#pragma warning restore CA1068
    }

    public sealed class Unstoppable(TimeProvider clock)
    {
        public Task SendAsync(string id) => Task.Delay(TimeSpan.FromSeconds(id.Length), clock);
    }

    public sealed class Forgotten(IUserRepository users)
    {
        public Task<bool> IsThereAsync(string id, CancellationToken ct) => users.ExistsAsync(id, ct);
    }

    public sealed class Secretive
    {
        public const string SectionName = "App:Parcels";

        /// <summary>How heavy a parcel may be, in grams.</summary>
        public int MaxGrams { get; set; } = 500;
    }

    public sealed class Lying
    {
        public const string SectionName = "App:Parcels";

        /// <summary>How heavy a parcel may be, in grams. Default: 400.</summary>
        public int MaxGrams { get; set; } = 500;
    }

    public sealed class Hidden
    {
        public const string SectionName = "Parcels";

        /// <summary>How heavy a parcel may be, in grams. Default: 500.</summary>
        public int MaxGrams { get; set; } = 500;
    }

    public sealed class Halfway(IUserRepository users, ISessionRepository sessions, TimeProvider clock)
    {
        public async Task SendAsync(User user, CancellationToken ct)
        {
            users.Add(user);
            await EndAsync(user.Id, ct);
        }

        private Task<int> EndAsync(string userId, CancellationToken ct) => sessions.EndAllAsync(userId, null, SessionEndReason.Banned, clock.GetUtcNow().UtcDateTime, ct);
    }

    // The transaction that there is does not hold what comes after it.
    public sealed class HalfInside(IUserRepository users, ISessionRepository sessions, IUnitOfWork unitOfWork, TimeProvider clock)
    {
        public async Task SendAsync(User user, CancellationToken ct)
        {
            await unitOfWork.ExecuteAsync(
                _ =>
                {
                    users.Add(user);
                    return Task.FromResult(Result.Success);
                },
                ct);
            await sessions.EndAllAsync(user.Id, null, SessionEndReason.Banned, clock.GetUtcNow().UtcDateTime, ct);
            await users.RemoveAsync(user, ct);
        }
    }

    public static class UnknownErrors
    {
        public static readonly Error Lost = new("parcel_lost", ErrorKind.Conflict, "The parcel is lost.");
    }

    public static class OtherErrors
    {
        public static readonly Error Sent = new("conflict", ErrorKind.Forbidden, "The parcel is on its way.");
    }
}
