using System.Reflection;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>An endpoint as described by the application: its query parameters and its body.</summary>
internal sealed record ApiAction(string Method, string Path, IReadOnlyList<string> Query, Type? Body)
{
    public static IReadOnlyList<ApiAction> All(TestApp app) =>
        [
            .. from source in app.Services.GetServices<EndpointDataSource>()
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
            where action is not null
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            select new ApiAction(
                method,
                PathOf(endpoint),
                [.. action.Parameters.Where(p => p.BindingInfo?.BindingSource == BindingSource.Query).SelectMany(Names)],
                action.Parameters.SingleOrDefault(p => p.BindingInfo?.BindingSource == BindingSource.Body)?.ParameterType
            ),
        ];

    public override string ToString() => $"{Method} {Path}";

    private static string PathOf(RouteEndpoint endpoint) =>
        "/"
        + string.Join(
            '/',
            endpoint
                .RoutePattern.RawText!.TrimStart('/')
                .Split('/')
                .Select(s =>
                    s switch
                    {
                        "{name}" => "nobodys-role",
                        ['{', ..] => new string('0', 32),
                        _ => s,
                    }
                )
        );

    private static IEnumerable<string> Names(Microsoft.AspNetCore.Mvc.Abstractions.ParameterDescriptor parameter) =>
        parameter.ParameterType is { IsClass: true } type && type != typeof(string)
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name)
            : [parameter.Name];
}
