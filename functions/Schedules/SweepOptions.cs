using System.Globalization;
using PelNas.Shared.Sweeps;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Schedules;

/// <summary>
/// What the nightly sweep searches, from the configuration section <c>PelNas:Sweep</c> (as an environment variable
/// <c>PelNas__Sweep__Contexts</c> and so on). <c>PelNasSweepSchedule</c> stands beside the section and is read by the host: an
/// NCRONTAB expression of six fields in UTC, two in the night unless set. Its name is flat because what wakes an app in Azure for a timer
/// looks it up as it is written, and finds no nested one on Linux.
/// </summary>
public sealed class SweepOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Sweep";

    private const int LeastSecret = 16;

    /// <summary>
    /// Contexts as <c>dataset:device</c>, with commas between them, or <c>all</c> or <c>first-eight</c>. Empty switches the nightly sweep
    /// off.
    /// </summary>
    public string Contexts { get; set; } = "";

    /// <summary>Seeds, with commas between them.</summary>
    public string Seeds { get; set; } = "1";

    /// <summary>Labels that each search may pay for.</summary>
    public int MaxLabels { get; set; } = 120;

    /// <summary>Which accuracies the labels are: <c>validation</c> or <c>test</c>.</summary>
    public string LabelsFrom { get; set; } = LabelSources.Validation;

    /// <summary>Generations of each search.</summary>
    public int Generations { get; set; } = 10;

    /// <summary>Searches that run at a time.</summary>
    public int Window { get; set; } = 2;

    /// <summary>How much less hypervolume than in the last sweep like it makes a context worse; over 0.</summary>
    public double WorseBy { get; set; } = 0.005;

    /// <summary>
    /// Where to send that a sweep came out worse, an https address; empty for nowhere. It may hold a secret, and is shown nowhere.
    /// </summary>
    public string Webhook { get; set; } = "";

    /// <summary>Key of the signature of what is sent, 16 characters or more.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Whether there is a nightly sweep.</summary>
    public bool IsEnabled => Parts(Contexts).Length > 0;

    /// <summary>The request that these settings make.</summary>
    /// <exception cref="FormatException">A seed is not a whole number.</exception>
    public SweepRequest ToRequest() => new()
    {
        Contexts = Parts(Contexts),
        Seeds = [.. Parts(Seeds).Select(seed => int.Parse(seed, NumberStyles.None, CultureInfo.InvariantCulture))],
        MaxLabels = MaxLabels,
        LabelsFrom = LabelsFrom,
        Generations = Generations,
        Window = Window,
    };

    /// <summary>When a sweep came out worse, and who is notified.</summary>
    public SweepAlarm ToAlarm() => new(WorseBy, Webhook, WebhookSecret);

    /// <summary>What is wrong with threshold and webhook, without what they hold, each in one sentence.</summary>
    public IEnumerable<string> WebhookFaults()
    {
        if (!(WorseBy > 0))
        {
            yield return $"{Section}:{nameof(WorseBy)} must be over 0; give a difference of hypervolumes such as 0.005";
        }

        if (Webhook.Length == 0)
        {
            yield break;
        }

        if (!Uri.TryCreate(Webhook, UriKind.Absolute, out Uri? address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            yield return $"{Section}:{nameof(Webhook)} must be an https address";
        }

        if (WebhookSecret.Length < LeastSecret)
        {
            yield return $"{Section}:{nameof(WebhookSecret)} must have {LeastSecret} characters or more, "
                + $"for {nameof(Webhook)} to be signed with";
        }
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
