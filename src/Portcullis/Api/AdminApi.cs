namespace Portcullis.Api;

/// <summary>The operators' API on the admin server.</summary>
internal static class AdminApi
{
    private const int MostBody = 64 * 1024;

    /// <summary>All routes, in the order of the document.</summary>
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        .. StatusRoutes.All,
        .. EventRoutes.All,
        .. CallerRoutes.All,
        .. OperationRoutes.All,
        .. RestrictionRoutes.All,
        .. IncidentRoutes.All,
        .. KeyRoutes.All,
    ];

    /// <summary>Adds the door and all routes; health checks stay open.</summary>
    public static void Map(WebApplication admin, AdminServices services)
    {
        var door = new AdminDoor(services);
        admin.Use(next => context => door.PassAsync(context, next));
        // Named here, so that it runs behind the door: a stranger learns nothing about which routes exist.
        admin.UseRouting();
        foreach (var route in Routes)
        {
            admin.MapMethods(route.Path, [route.Method], context => AnswerAsync(context, route, services));
        }
        var document = OpenApiDocument.Write(Routes);
        admin.MapGet(
            "/openapi.json",
            (RequestDelegate)(
                async context =>
                {
                    context.Response.ContentType = "application/json";
                    await context.Response.Body.WriteAsync(document, context.RequestAborted);
                }
            )
        );
    }

    private static async Task AnswerAsync(HttpContext context, AdminRoute route, AdminServices services)
    {
        if (
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is
            { IsReadOnly: false } limit
        )
        {
            limit.MaxRequestBodySize = MostBody;
        }
        try
        {
            var answer = await route.Handle(new AdminCall(context, services));
            await context.Response.WriteAsJsonAsync(answer, route.Answer, contentType: null, context.RequestAborted);
        }
        catch (AdminProblem problem)
        {
            await AdminDoor.WriteAsync(context, problem.Status, problem.Title, problem.Message);
        }
        catch (BadHttpRequestException fault)
        {
            await AdminDoor.WriteAsync(
                context,
                fault.StatusCode,
                "The request cannot be read.",
                $"Bodies have at most {MostBody} bytes."
            );
        }
        catch (IOException fault) when (!HttpMethods.IsGet(route.Method) && !context.RequestAborted.IsCancellationRequested)
        {
            // Changes are recorded before they are in force: what cannot be written has not happened.
            await AdminDoor.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "It could not be recorded.",
                $"Nothing was changed. {fault.Message.TrimEnd('.')}. Give the disk of the data folder room, see `portcullis status`, and try again."
            );
        }
    }
}
