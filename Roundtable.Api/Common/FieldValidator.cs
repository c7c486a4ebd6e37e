using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>Carries a field error through the framework's model state.</summary>
internal sealed class FieldErrorException(FieldError error) : Exception(error.Message)
{
    public FieldError Error => error;
}

/// <summary>
/// Validates request records as the framework does, by their data annotations, but keeps the code and limits of each error: the
/// framework's visitor adds texts to the model state.
/// </summary>
internal sealed class FieldValidator(IModelMetadataProvider metadata, IOptions<MvcOptions> options)
    : ObjectModelValidator(metadata, options.Value.ModelValidatorProviders)
{
    public override ValidationVisitor GetValidationVisitor(
        ActionContext actionContext,
        IModelValidatorProvider validatorProvider,
        ValidatorCache validatorCache,
        IModelMetadataProvider metadataProvider,
        ValidationStateDictionary? validationState
    ) =>
        new Visitor(actionContext, validatorProvider, validatorCache, metadataProvider, validationState)
        {
            MaxValidationDepth = options.Value.MaxValidationDepth,
            ValidateComplexTypesIfChildValidationFails = options.Value.ValidateComplexTypesIfChildValidationFails,
        };

    // Its validators run the attributes that the visitor runs itself.
    private static readonly Assembly DataAnnotations = typeof(MvcDataAnnotationsLocalizationOptions).Assembly;

    private sealed class Visitor(
        ActionContext actionContext,
        IModelValidatorProvider validatorProvider,
        ValidatorCache validatorCache,
        IModelMetadataProvider metadataProvider,
        ValidationStateDictionary? validationState
    ) : ValidationVisitor(actionContext, validatorProvider, validatorCache, metadataProvider, validationState)
    {
        protected override bool ValidateNode()
        {
            var key = Key ?? "";
            if (ModelState.GetValidationState(key) != ModelValidationState.Invalid)
            {
                foreach (var (member, error) in Validate())
                {
                    ModelState.AddFieldError(ModelNames.CreatePropertyModelName(key, member), error);
                }
            }

            if (ModelState.GetFieldValidationState(key) == ModelValidationState.Invalid)
            {
                return false;
            }

            if (ModelState.TryGetValue(key, out var entry))
            {
                entry.ValidationState = ModelValidationState.Valid;
            }

            return true;
        }

        private IEnumerable<(string? Member, FieldError Error)> Validate()
        {
            foreach (var rule in Metadata!.ValidatorMetadata.OfType<ValidationAttribute>().OrderByDescending(r => r is RequiredAttribute))
            {
                if (rule.GetValidationResult(Model, ContextOf(Container ?? Model ?? this)) is { } result)
                {
                    yield return (null, ErrorOf(rule, result));
                }
            }

            if (Model is IValidatableObject validatable)
            {
                foreach (var result in validatable.Validate(ContextOf(Model)).OfType<ValidationResult>())
                {
                    foreach (var member in result.MemberNames.DefaultIfEmpty(null))
                    {
                        yield return (member, ErrorOf(null, result));
                    }
                }
            }

            // Validators that are no data annotations, such as those of a package that a host adds.
            var context = new ModelValidationContext(Context, Metadata, MetadataProvider, Container, Model);
            foreach (var validator in Cache.GetValidators(Metadata, ValidatorProvider).Where(v => v.GetType().Assembly != DataAnnotations))
            {
                foreach (var result in validator.Validate(context))
                {
                    yield return (result.MemberName, FieldErrors.Invalid with { Message = result.Message ?? FieldErrors.Invalid.Message });
                }
            }
        }

        private ValidationContext ContextOf(object instance) =>
            new(instance, Context.HttpContext.RequestServices, null)
            {
                DisplayName = Metadata!.GetDisplayName(),
                MemberName = Metadata.Name,
            };

        private static FieldError ErrorOf(ValidationAttribute? rule, ValidationResult result)
        {
            var message = result.ErrorMessage ?? FieldErrors.Invalid.Message;
            return (rule, result) switch
            {
                (_, FieldValidationResult field) => field.Error,
                (TextLengthAttribute length, _) => new FieldError(length.Code, message),
                (TextPatternAttribute pattern, _) => new FieldError(pattern.Code, message),
                (StringLengthAttribute { MinimumLength: > 0 } l, _) => new FieldError("length", message, l.MinimumLength, l.MaximumLength),
                (StringLengthAttribute l, _) => new FieldError("too_long", message, Max: l.MaximumLength),
                (MaxLengthAttribute l, _) => new FieldError("too_many", message, Max: l.Length),
                (RangeAttribute { Minimum: int min, Maximum: int max }, _) => new FieldError("range", message, min, max),
                _ => FieldErrors.Invalid with { Message = message },
            };
        }
    }
}

internal static class ModelStateExtensions
{
    /// <summary>Adds the error's sentence, as the framework does, with the error beside it.</summary>
    public static void AddFieldError(this ModelStateDictionary state, string key, FieldError error)
    {
        if (state.TryAddModelError(key, error.Message))
        {
            state[key]!.Errors[^1] = new ModelError(new FieldErrorException(error), error.Message);
        }
    }
}
