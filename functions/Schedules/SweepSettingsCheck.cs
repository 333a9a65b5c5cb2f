using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Schedules;

/// <summary>Refuses settings of the nightly sweep that would fail in the night, at the start of the app.</summary>
public sealed class SweepSettingsCheck(IOptions<SweepOptions> options, SweepRequestValidator validator) : IHostedService
{
    /// <summary>Checks the settings.</summary>
    /// <exception cref="OptionsValidationException">They are not valid; the message names each setting.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] faults = [.. options.Value.WebhookFaults()];
        if (faults.Length > 0)
        {
            throw Refusal(faults);
        }

        if (!options.Value.IsEnabled)
        {
            return;
        }

        IReadOnlyList<FieldError> errors = await validator.CheckAsync(ReadRequest(options.Value), cancellationToken);
        if (errors.Count > 0)
        {
            throw Refusal(errors.Select(error => $"{SweepOptions.Section}, {error.Field}: {error.Message}"));
        }
    }

    /// <summary>Nothing is left to stop.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static SweepRequest ReadRequest(SweepOptions options)
    {
        try
        {
            return options.ToRequest();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw Refusal(
                [$"{SweepOptions.Section}:Seeds is '{options.Seeds}'; give whole numbers with commas between them, such as 1,2,3"]);
        }
    }

    private static OptionsValidationException Refusal(IEnumerable<string> faults) => new(Options.DefaultName, typeof(SweepOptions), faults);
}
