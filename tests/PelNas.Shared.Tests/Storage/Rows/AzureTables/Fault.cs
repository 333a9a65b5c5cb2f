namespace PelNas.Shared.Tests.Storage.Rows.AzureTables;

/// <summary>What is done to a request.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The request and its answer pass.</summary>
    public sealed record None : Fault;

    /// <summary>The service is not asked, and an error takes the place of its answer.</summary>
    public sealed record Refused(int Status, string Code) : Fault
    {
        private string Body => $$"""{ "odata.error": { "code": "{{Code}}", "message": { "lang": "en-US", "value": "For the test." } } }""";

        /// <summary>The whole answer.</summary>
        public string Answer =>
            $"HTTP/1.1 {Status} For the test\r\nConnection: close\r\nx-ms-error-code: {Code}\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}";
    }

    /// <summary>Nothing comes back, and the connection stays open.</summary>
    public sealed record Silence : Fault;

    /// <summary>The connections are reset when half of the body has reached the service.</summary>
    public sealed record ResetHalfWay : Fault;

    /// <summary>The service does what it was asked, and the connection is reset before its answer.</summary>
    public sealed record AnswerLost : Fault;

    /// <summary>The service does what it was asked, and the connection is reset within its answer.</summary>
    public sealed record AnswerCut : Fault;
}
