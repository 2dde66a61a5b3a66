namespace Portcullis.Api;

/// <summary>Ends an admin request with a problem (RFC 9457): what is wrong and what to do.</summary>
internal sealed class AdminProblem(int status, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    public static AdminProblem BadInput(string detail) =>
        new(StatusCodes.Status400BadRequest, "The request cannot be used.", detail);

    public static AdminProblem NotFound(string detail) => new(StatusCodes.Status404NotFound, "There is no such thing.", detail);

    public static AdminProblem Conflict(string detail) => new(StatusCodes.Status409Conflict, "This cannot be done.", detail);
}
