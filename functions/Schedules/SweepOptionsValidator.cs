using Microsoft.Extensions.Options;
using PelNas.Shared.Runs;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Schedules;

/// <summary>Refuses settings of the nightly sweep that would fail in the night, at the start of the app.</summary>
public sealed class SweepOptionsValidator(SweepRequestValidator validator) : IValidateOptions<SweepOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.IsEnabled)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            // Options are validated at the start, before there is anything to await on; the embedded store answers on the calling thread.
            IReadOnlyList<FieldError> errors = validator.CheckAsync(options.ToRequest(), CancellationToken.None).GetAwaiter().GetResult();
            string[] faults = [.. errors.Select(error => $"{SweepOptions.Section}, {error.Field}: {error.Message}")];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return ValidateOptionsResult.Fail($"{SweepOptions.Section}:Seeds is '{options.Seeds}'; give whole numbers with commas between them, such as 1,2,3");
        }
    }
}
