namespace PelNas.LoopbackModels;

/// <summary>Errors in the services' own words.</summary>
public static class Known
{
    public static Refused WrongKey(Dialect dialect) => dialect == Dialect.AzureOpenAI
        ? new(
            401,
            "401",
            "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active "
                + "subscription and use a correct regional API endpoint for your resource.")
        : new(401, "invalid_api_key",
            "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.");

    public static Refused WrongModel(Dialect dialect) => dialect switch
    {
        Dialect.AzureOpenAI =>
            new(
                404, "DeploymentNotFound",
                "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait "
                    + "a moment and try again."),
        Dialect.Ollama => new(404, "", "model not found, try pulling it first"),
        _ => new(404, "model_not_found", "The model does not exist or you do not have access to it."),
    };

    public static Refused TooManyRequests(params (string Name, string Value)[] headers)
        => new(
            429,
            "429", "Requests to the ChatCompletions_Create Operation have exceeded call rate limit of your current pricing tier.", headers);

    public static Refused NoCredit { get; } = new(
        429, "insufficient_quota", "You exceeded your current quota, please check your plan and billing details.");

    public static Refused PromptTooLong { get; } = new(
        400, "context_length_exceeded", "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.");

    public static Refused Filtered { get; } = new(
        400, "content_filter", "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.");

    public static Refused NoSchema { get; } = new(
        400, "invalid_request_error", "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.");

    public static Refused Redirect(string location) => new(307, "", "", ("Location", location));
}
