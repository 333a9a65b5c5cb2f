using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Schedules;

/// <summary>What sweeps and the timer functions need.</summary>
internal static class ScheduleServices
{
    /// <summary>Adds it. Settings are checked at the start of the app.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddSingleton<SweepRequestValidator>();
        services.AddSingleton<SweepPlanner>();
        services.AddSingleton<SweepComparer>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SweepOptions>>().Value.ToAlarm());
        services.AddSingleton<WorseSweepWebhook>();
        services.AddSingleton<SweepStarter>();

        services.AddOptions<SweepOptions>().BindConfiguration(SweepOptions.Section);
        services.AddHostedService<SweepSettingsCheck>();
        services.AddOptions<WatchdogOptions>().BindConfiguration(WatchdogOptions.Section).ValidateOnStart().Validate(
            options => options.StuckAfter > TimeSpan.Zero,
            $"{WatchdogOptions.Section}:StuckAfter must be over 0; give hours, minutes and seconds such as 00:30:00.");
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateOnStart().Validate(
            options => options.RetentionDays is >= 1 and <= 3650,
            $"{HistoryOptions.Section}:RetentionDays must be a whole number from 1 to 3650.");
        services.AddOptions<ResultsOptions>().BindConfiguration(ResultsOptions.Section).ValidateOnStart().Validate(
            options => options.RetentionDays is >= 0 and <= 3650,
            $"{ResultsOptions.Section}:RetentionDays must be a whole number from 0 (for ever) to 3650.");
        return services;
    }
}
