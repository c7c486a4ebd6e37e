using System.Reflection;
using System.Text.Json.Serialization;
using AutoMapper;
using AutoMapper.Internal;
using Roundtable.Api.Common;

namespace Roundtable.Tests.Guards;

/// <summary>Only AutoMapper maps entities to DTOs.</summary>
internal static class MappingGuards
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // An ID and a state beside a computed result are not a copy of an entity.
    private const int FewestCopied = 3;

    /// <summary>Records named …Dto, and the types that endpoints return under any name.</summary>
    public static IReadOnlySet<Type> Dtos(Subject subject) =>
        subject
            .Application.Concat(subject.Api)
            .Where(t => t.Name.EndsWith("Dto", StringComparison.Ordinal))
            .Concat(
                subject
                    .Actions.SelectMany(a => a.GetCustomAttributes<Microsoft.AspNetCore.Mvc.ProducesResponseTypeAttribute>())
                    .SelectMany(r => ResponseTypes(r.Type))
            )
            .ToHashSet();

    public static IEnumerable<string> EntitiesAreMapped(Subject subject) =>
        subject.ExceptListed(
            CreatedDtos(subject)
                .Where(m => m.Copied.Count >= FewestCopied)
                .Select(m => $"{m.By.Name} copies {m.Copied[0].DeclaringType!.Name} to {m.Dto.Name}")
                .Distinct(),
            name =>
                $"{name} explicitly: add CreateMap or CreateProjection to the feature's MappingProfile, and use ProjectTo in "
                + "queries and IMapper for entities in memory."
        );

    public static IEnumerable<string> MappedDtosAreCreatedByAutoMapper(Subject subject, IConfigurationProvider maps)
    {
        var mapped = maps.Internal().GetAllTypeMaps().Select(m => m.DestinationType).ToHashSet();
        return subject.ExceptListed(
            CreatedDtos(subject).Where(m => mapped.Contains(m.Dto)).Select(m => $"{m.By.Name} creates {m.Dto.Name}").Distinct(),
            name =>
                $"{name}, which has a map: use ProjectTo or IMapper. List exceptions in "
                + "MappingTests and in docs/decisions/entities-by-automapper.md."
        );
    }

    public static IEnumerable<string> ProfilesAreNamedAlike(Subject subject) =>
        subject
            .Types.Where(t =>
                t.IsSubclassOf(typeof(Profile))
                && (
                    subject.Infrastructure.Contains(t)
                    || subject.Api.Contains(t)
                    || !t.Name.EndsWith("MappingProfile", StringComparison.Ordinal)
                )
            )
            .Select(t =>
                $"{t.Name} is an AutoMapper profile: name it <Feature>MappingProfile and move it to the feature's folder of "
                + "Roundtable.Application."
            );

    private static IEnumerable<(Type By, Type Dto, List<MethodBase> Copied)> CreatedDtos(Subject subject)
    {
        var dtos = Dtos(subject);
        var entities = subject.Domain.Where(t => t.IsClass && t.GetConstructors().Length == 0 && !(t.IsAbstract && t.IsSealed)).ToHashSet();
        var graph = new CallGraph(subject.Types);
        return from type in subject.Types.Select(t => t.Assembly).Distinct().SelectMany(a => a.GetTypes())
            let creator = Outermost(type)
            where !creator.IsSubclassOf(typeof(Profile)) && !creator.IsSubclassOf(typeof(JsonSerializerContext))
            from method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            where method.Name != "<Clone>$"
            let body = graph.BodyOf(method)
            let used = body.Calls.Concat(body.Mentions).ToList()

            // An expression tree references the setters of the object it creates, and a constructor only if that has parameters.
            let creators = used.OfType<ConstructorInfo>()
                .Concat(body.Mentions.Where(m => m.Name.StartsWith("set_", StringComparison.Ordinal)))
            from dto in creators.Select(m => m.DeclaringType!).Where(dtos.Contains).Distinct()
            let copied = used.Where(m => m.Name.StartsWith("get_", StringComparison.Ordinal) && entities.Contains(m.DeclaringType!))
                .Distinct()
                .GroupBy(m => m.DeclaringType)
            select (creator, dto, copied.Select(g => g.ToList()).MaxBy(g => g.Count) ?? []);
    }

    private static IEnumerable<Type> ResponseTypes(Type? type) =>
        type switch
        {
            { IsGenericType: true } => type.GetGenericArguments().SelectMany(ResponseTypes),
            { IsClass: true }
                when type.Assembly == typeof(ApiResponse<>).Assembly || type.Assembly == typeof(Application.DependencyInjection).Assembly =>
                [type],
            _ => [],
        };

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
