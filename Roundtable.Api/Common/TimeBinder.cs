using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>
/// Binds times in queries with <see cref="Iso8601"/>. The framework's binder accepts the culture's formats, such as 03/04/2024.
/// </summary>
internal sealed class TimeBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(DateTime) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var value = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (value == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, value);
        if (Iso8601.TryParse(value.FirstValue, out var time))
        {
            bindingContext.Result = ModelBindingResult.Success(time);
        }
        else
        {
            bindingContext.ModelState.AddFieldError(bindingContext.ModelName, Iso8601.Problem);
        }

        return Task.CompletedTask;
    }
}
