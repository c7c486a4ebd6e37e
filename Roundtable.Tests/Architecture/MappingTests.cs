using AutoMapper;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>Only AutoMapper maps entities to DTOs; docs/decisions/entities-by-automapper.md gives the reasons and exceptions.</summary>
public sealed class MappingTests
{
    // Computed results, not copies of an entity: findings about a chain of entries, and numbers from several sources.
    private static readonly string[] Computed =
    [
        // The mapped key beside its secret, which is not stored.
        "ApiKeyEditor copies ApiKey to ApiKeySecretDto",
        "AccountSecurityService copies Credentials to AccountSecurityDto",
        "AccountExportService copies Credentials to AccountExportDto",
        "AuditVerification copies AuditEntry to AuditBreakDto",
        "AuditVerification copies AuditEntry to AuditVerificationDto",
        "MagicLinkStatusService copies OneTimeToken to PendingMagicLinkDto",
    ];

    private static IConfigurationProvider Maps => TestApp.Current.Services.GetRequiredService<IConfigurationProvider>();

    [Test]
    public void Configuration_IsValid() => Maps.AssertConfigurationIsValid();

    [Test]
    public void Entities_AreMappedToDtos_ByAutoMapper()
    {
        Assert.That(MappingGuards.Dtos(Product.Types), Has.Count.GreaterThan(25));
        MappingGuards.EntitiesAreMapped(Product.Types with { Exceptions = Computed }).ShouldBeEmpty();
    }

    [Test]
    public void MappedDtos_AreCreatedByAutoMapperOnly() =>
        MappingGuards.MappedDtosAreCreatedByAutoMapper(Product.Types, Maps).ShouldBeEmpty();

    [Test]
    public void Profiles_AreNamedMappingProfile_InApplication() => MappingGuards.ProfilesAreNamedAlike(Product.Types).ShouldBeEmpty();
}
