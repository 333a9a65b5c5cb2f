using System.Text.Json;
using System.Text.Json.Nodes;

namespace PelNas.LoopbackModels;

/// <summary>Bodies as the services send them.</summary>
internal static class WireFormat
{
    private const string FixedTime = "2026-03-01T12:00:00Z";
    private const long FixedUnixTime = 1772366400;

    public static string Answer(Dialect dialect, ReceivedRequest request, string model, Answer answer, int inputTokens, int outputTokens)
        => (dialect == Dialect.Ollama
            ? Ollama(model, answer, inputTokens, outputTokens)
            : OpenAI(dialect, request, model, answer, inputTokens, outputTokens)).ToJsonString();

    public static string OllamaModel(int contextTokens) => new JsonObject
    {
        ["details"] = new JsonObject { ["format"] = "gguf", ["family"] = "llama" },
        ["model_info"] = new JsonObject { ["general.architecture"] = "llama", ["llama.context_length"] = contextTokens },
    }.ToJsonString();

    public static string Error(Dialect dialect, Refused refused)
    {
        JsonObject body = ErrorBody(dialect, refused);
        Tell(dialect, body, refused.Claim);
        return body.ToJsonString();
    }

    private static JsonObject ErrorBody(Dialect dialect, Refused refused) => dialect switch
    {
        Dialect.Ollama => new JsonObject { ["error"] = refused.Message },
        Dialect.AzureOpenAI => new JsonObject { ["error"] = new JsonObject { ["code"] = refused.Code, ["message"] = refused.Message } },
        _ => new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = refused.Message,
                ["type"] = "invalid_request_error",
                ["param"] = null,
                ["code"] = refused.Code,
            },
        },
    };

    private static JsonObject OpenAI(
        Dialect dialect, ReceivedRequest request, string model, Answer answer, int inputTokens, int outputTokens)
    {
        JsonObject choice = new()
        {
            ["index"] = 0,
            ["message"] = new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = answer.Refusal is null ? answer.Text : null,
                ["refusal"] = answer.Refusal,
            },
            ["logprobs"] = null,
            ["finish_reason"] = answer.FinishReason,
        };
        JsonObject body = new()
        {
            ["id"] = $"chatcmpl-{request.Number}",
            ["object"] = "chat.completion",
            ["created"] = FixedUnixTime,
            ["model"] = model,
            ["choices"] = new JsonArray(choice),
            ["system_fingerprint"] = "fp_loopback",
        };
        Tell(dialect, body, answer.Claim ?? Truth(inputTokens, outputTokens));
        if (dialect == Dialect.AzureOpenAI)
        {
            JsonNode filter = JsonSerializer.SerializeToNode(new { hate = new { filtered = false, severity = "safe" } })!;
            choice["content_filter_results"] = filter;
            body["prompt_filter_results"] =
                new JsonArray(new JsonObject { ["prompt_index"] = 0, ["content_filter_results"] = filter.DeepClone() });
        }

        return body;
    }

    private static JsonObject Usage(Claim claim)
    {
        JsonObject usage = [];
        Add(usage, "prompt_tokens", claim.Input);
        Add(usage, "completion_tokens", claim.Output);
        Add(usage, "total_tokens", claim.Total);
        if (claim.Cached is not null)
        {
            Add(usage, "prompt_tokens_details", $$"""{"cached_tokens":{{claim.Cached}}}""");
        }

        if (claim.Reasoning is not null)
        {
            Add(usage, "completion_tokens_details", $$"""{"reasoning_tokens":{{claim.Reasoning}}}""");
        }

        return usage;
    }

    private static JsonObject Ollama(string model, Answer answer, int inputTokens, int outputTokens)
    {
        JsonObject body = new()
        {
            ["model"] = model,
            ["created_at"] = FixedTime,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text },
            ["done_reason"] = answer.FinishReason,
            ["done"] = true,
            ["total_duration"] = 1_000_000,
            ["load_duration"] = 1_000,
            ["prompt_eval_duration"] = 1_000,
            ["eval_duration"] = 1_000,
        };
        Tell(Dialect.Ollama, body, answer.Claim ?? Truth(inputTokens, outputTokens));
        return body;
    }

    private static void Tell(Dialect dialect, JsonObject body, Claim claim)
    {
        if (dialect == Dialect.Ollama)
        {
            Add(body, "prompt_eval_count", claim.Input);
            Add(body, "eval_count", claim.Output);
        }
        else if (claim != new Claim())
        {
            body["usage"] = claim.Whole is null ? Usage(claim) : JsonNode.Parse(claim.Whole);
        }
    }

    private static Claim Truth(int inputTokens, int outputTokens)
        => new($"{inputTokens}", $"{outputTokens}", $"{inputTokens + outputTokens}");

    private static void Add(JsonObject body, string name, string? json)
    {
        if (json is not null)
        {
            body[name] = JsonNode.Parse(json);
        }
    }
}
