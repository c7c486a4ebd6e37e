using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Passwords;

/// <summary>Implements the application's port with Identity's hasher and validators.</summary>
internal sealed class PasswordHashing(UserManager<User> manager, PasswordDecoy decoy) : IPasswords
{
    // Hashing occupies a core for a tenth of a second. Runs one hash per core at a time, on dedicated threads: a burst of sign-ins must
    // not starve the thread pool, and with it the holder of the database's write lock.
    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount);

    public async Task<Error?> CheckAsync(User user, string password, string field)
    {
        foreach (var validator in manager.PasswordValidators)
        {
            if (await validator.ValidateAsync(manager, user, password) is { Succeeded: false } failed)
            {
                var error = failed.Errors.First();
                return Errors.Invalid(
                    field,
                    error is PasswordError ours ? ours.Error : FieldErrors.Invalid with { Message = error.Description }
                );
            }
        }

        return null;
    }

    public bool IsKnownHash(string hash) => MigratingPasswordHasher.Knows(hash);

    // No hasher uses the user.
    public Task<string> HashAsync(string password, CancellationToken ct) =>
        InSlotAsync(() => manager.PasswordHasher.HashPassword(null!, password), ct);

    public Task<PasswordMatch> VerifyAsync(User? user, string password, CancellationToken ct) =>
        InSlotAsync(() => Verify(user, password), ct);

    private PasswordMatch Verify(User? user, string password)
    {
        var hash = user?.Credentials.PasswordHash;
        var verified = manager.PasswordHasher.VerifyHashedPassword(user!, hash ?? decoy.Hash, password);
        return hash is null
            ? PasswordMatch.No
            : verified switch
            {
                PasswordVerificationResult.Success => PasswordMatch.Yes,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordMatch.YesButRehash,
                _ => PasswordMatch.No,
            };
    }

    private static async Task<T> InSlotAsync<T>(Func<T> work, CancellationToken ct)
    {
        await Slots.WaitAsync(ct);
        try
        {
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Slots.Release();
        }
    }
}
