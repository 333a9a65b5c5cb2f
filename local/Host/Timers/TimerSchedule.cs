using Microsoft.Extensions.Configuration;
using NCrontab;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Timers;

/// <summary>The times at which a timer function runs, in UTC.</summary>
internal sealed class TimerSchedule(CrontabSchedule crontab)
{
    /// <summary>Reads an NCRONTAB expression of six fields, seconds first, or <c>%Name%</c> of a setting that holds one.</summary>
    /// <exception cref="FunctionDefinitionException">There is no such setting, or the expression is none or never comes true.</exception>
    public static TimerSchedule Parse(string expression, IConfiguration configuration)
    {
        var text = expression.Trim();
        if (text.Length > 2 && text.StartsWith('%') && text.EndsWith('%'))
        {
            var setting = text[1..^1];
            text = configuration[setting]?.Trim()
                ?? throw new FunctionDefinitionException($"the schedule names the setting '{setting}', which is not there; set it");
        }

        CrontabSchedule read;
        try
        {
            read = CrontabSchedule.Parse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        }
        catch (CrontabException exception)
        {
            throw new FunctionDefinitionException($"the schedule '{text}' is not valid: {exception.Message.TrimEnd('.')}");
        }

        // A leap day is at most eight years away.
        return read.GetNextOccurrences(new DateTime(2000, 1, 1), new DateTime(2009, 1, 1)).Any()
            ? new TimerSchedule(read)
            : throw new FunctionDefinitionException($"the schedule '{text}' never comes true; give it a day that exists");
    }

    /// <summary>The first time after the given one.</summary>
    public DateTime NextAfter(DateTime utc) => DateTime.SpecifyKind(crontab.GetNextOccurrence(utc), DateTimeKind.Utc);
}
