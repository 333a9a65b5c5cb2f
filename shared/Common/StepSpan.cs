using System.Diagnostics;

namespace PelNas.Shared.Common;

/// <summary>The span of the step that is at work.</summary>
public static class StepSpan
{
    /// <summary>The innermost span of a step that is open around the caller; null when nobody listens, or outside of steps.</summary>
    public static Activity? Current
    {
        get
        {
            Activity? span = Activity.Current;
            while (span is not null && span.Source.Name != TelemetryNames.Source)
            {
                span = span.Parent;
            }

            return span;
        }
    }
}
