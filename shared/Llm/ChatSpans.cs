using System.Diagnostics;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm;

/// <summary>
/// The <c>chat</c> spans of answers that no LLM gave, by the OpenTelemetry conventions for generative AI, so that each prompt of a search
/// has one, no matter who answered. They have no tokens: nothing was used.
/// </summary>
internal static class ChatSpans
{
    private const string Chat = "chat";

    private static readonly ActivitySource Source = new(ChatPipeline.TelemetrySource);

    /// <summary>Starts one.</summary>
    /// <param name="proposer">Whom the answer is of.</param>
    /// <param name="answerSource">Where it comes from (<see cref="AnswerSources"/>).</param>
    public static Activity? Start(ChatClientMetadata? proposer, string answerSource)
    {
        Activity? span = Source.StartActivity(proposer?.DefaultModelId is { } model ? $"{Chat} {model}" : Chat);
        span?.SetTag("gen_ai.operation.name", Chat);
        span?.SetTag("gen_ai.provider.name", proposer?.ProviderName is { } provider ? ChatProviders.TelemetryName(provider) : null);
        span?.SetTag("gen_ai.request.model", proposer?.DefaultModelId);
        span?.SetTag(TelemetryNames.AnswerSource, answerSource);
        return span;
    }
}
