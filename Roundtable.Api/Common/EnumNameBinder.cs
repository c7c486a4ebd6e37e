using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Binds enums in queries by name only. The framework's binder also accepts numbers and combines lists of names.</summary>
internal sealed class EnumNameBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.IsEnum ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var value = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (value == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, value);
        var names = Enum.GetNames(bindingContext.ModelMetadata.UnderlyingOrModelType);
        if (Array.Find(names, n => n.Equals(value.FirstValue, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            bindingContext.Result = ModelBindingResult.Success(Enum.Parse(bindingContext.ModelMetadata.UnderlyingOrModelType, name));
        }
        else if (!string.IsNullOrEmpty(value.FirstValue) || !bindingContext.ModelMetadata.IsReferenceOrNullableType)
        {
            bindingContext.ModelState.AddFieldError(bindingContext.ModelName, Problem(bindingContext.ModelMetadata.UnderlyingOrModelType));
        }

        return Task.CompletedTask;
    }

    /// <summary>The error of a value that is not a name of the enum.</summary>
    public static FieldError Problem(Type type) =>
        FieldErrors.NotListed(Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
}
