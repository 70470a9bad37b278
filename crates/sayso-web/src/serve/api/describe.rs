//! The description of all operations: `OpenAPI` 3.1.

use axum::http::StatusCode;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::BASE;
use super::route::{Maker, Route};
use crate::serve::problem::Told;

/// What any operation may answer beside what was asked for.
const ANYWHERE: [StatusCode; 5] = [
    StatusCode::BAD_REQUEST,
    StatusCode::FORBIDDEN,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Describes a table of operations; on other addresses than this machine's a token is asked for.
pub(super) fn description(table: &[Route], is_local: bool) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|s| {
        s.meta_schema = None;
        s.definitions_path = "/components/schemas".into();
    });
    let mut given = settings.into_generator();
    let problem = Told::json_schema(&mut given);
    let mut paths = Map::new();
    for route in table {
        let path = paths
            .entry(format!("{BASE}{}", route.path))
            .or_insert_with(|| json!({}));
        let method = route.method.as_str().to_ascii_lowercase();
        path[method.as_str()] = operation(route, &mut given, is_local);
    }
    let mut schemas = given.take_definitions(true);
    schemas.insert("Problem".to_owned(), problem.into());
    let mut out = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "sayso",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who says so? A case of news reports: who says what in them, from whom they have it, and what stands behind each claim.",
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Problem": {
                "description": "What is wrong, where, and what to do.",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    });
    if !is_local {
        out["components"]["securitySchemes"] = json!({ "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token that `sayso serve` prints.",
        } });
        out["security"] = json!([{ "token": [] }]);
    }
    out
}

fn operation(route: &Route, given: &mut SchemaGenerator, is_local: bool) -> Value {
    let mut out = json!({
        "operationId": route.id,
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": responses(route, given, is_local),
    });
    if !route.bodies.is_empty() {
        let content: Map<String, Value> = route
            .bodies
            .iter()
            .map(|(kind, maker)| ((*kind).to_owned(), json!({ "schema": taken(*maker) })))
            .collect();
        out["requestBody"] = json!({ "required": true, "content": content });
    }
    out
}

/// What is taken in stands where it is taken in: types that are also given out may look otherwise there.
fn taken(maker: Maker) -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize().with(|s| {
        s.meta_schema = None;
        s.inline_subschemas = true;
    });
    maker(&mut settings.into_generator()).into()
}

fn parameters(route: &Route) -> Vec<Value> {
    let all = taken(route.parameters);
    let required = all["required"].as_array().cloned().unwrap_or_default();
    let properties = all["properties"].as_object().cloned().unwrap_or_default();
    let of = |(name, mut schema): (String, Value)| {
        let is_part = route.path.contains(&format!("{{{name}}}"));
        let is_required = is_part || required.iter().any(|known| *known == name.as_str());
        without_null(&mut schema);
        if is_part {
            schema["minLength"] = json!(1);
        }
        let about = schema.as_object_mut().and_then(|s| s.remove("description"));
        json!({
            "name": name,
            "in": if is_part { "path" } else { "query" },
            "required": is_required,
            "description": about,
            "schema": schema,
        })
    };
    properties.into_iter().map(of).collect()
}

/// Nothing in an address is null: what is not said is left out.
fn without_null(schema: &mut Value) {
    let is_null = |value: &Value| value.is_null() || *value == "null" || value["type"] == "null";
    let Some(fields) = schema.as_object_mut() else {
        return;
    };
    if fields.get("default").is_some_and(Value::is_null) {
        fields.remove("default");
    }
    for key in ["type", "enum", "anyOf"] {
        let Some(Value::Array(values)) = fields.get_mut(key) else {
            continue;
        };
        values.retain(|value| !is_null(value));
        if key == "enum" || values.len() > 1 {
            continue;
        }
        let one = values.pop().unwrap_or_default();
        match (key, one) {
            ("anyOf", Value::Object(one)) => {
                fields.remove(key);
                for (key, value) in one {
                    fields.entry(key).or_insert(value);
                }
            }
            (_, one) => {
                fields.insert(key.to_owned(), one);
            }
        }
    }
}

fn responses(route: &Route, given: &mut SchemaGenerator, is_local: bool) -> Value {
    let answer = (route.answer)(given);
    let mut done = json!({
        "description": route.summary,
        "content": { "application/json": { "schema": answer } },
    });
    let mut out = Map::new();
    if route.is_get() {
        done["headers"] = json!({ "ETag": {
            "description": "Of what is given; with it in If-None-Match, only a change is sent.",
            "schema": { "type": "string" },
        } });
        out.insert(
            "304".to_owned(),
            json!({ "description": "It is what the ETag in If-None-Match stands for." }),
        );
    }
    out.insert("200".to_owned(), done);
    let unknown = (!is_local).then_some(StatusCode::UNAUTHORIZED);
    let refusals = ANYWHERE.iter().chain(route.refusals).copied();
    for status in refusals.chain(unknown) {
        out.insert(
            status.as_str().to_owned(),
            json!({ "$ref": "#/components/responses/Problem" }),
        );
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::serve::api::table::table;

    /// All values of a key, wherever it stands.
    fn all<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if name == key {
                        found.push(value);
                    }
                    all(value, key, found);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| all(value, key, found)),
            _ => {}
        }
    }

    #[test]
    fn every_operation_is_described_once() {
        let table = table();
        let described = description(&table, true);
        let mut ids = Vec::new();
        all(&described["paths"], "operationId", &mut ids);
        let ids: BTreeSet<&str> = ids.into_iter().filter_map(Value::as_str).collect();
        assert_eq!(ids.len(), table.len());
        for route in &table {
            let path = &described["paths"][format!("{BASE}{}", route.path)];
            let operation = &path[route.method.as_str().to_ascii_lowercase()];
            assert_eq!(operation["operationId"], route.id, "{}", route.path);
            for part in route
                .path
                .split('{')
                .skip(1)
                .filter_map(|part| part.split('}').next())
            {
                let parameters = operation["parameters"].as_array().unwrap();
                assert!(
                    parameters
                        .iter()
                        .any(|p| p["name"] == part && p["in"] == "path"),
                    "{part}"
                );
            }
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_name_is_its_own() {
        let described = description(&table(), false);
        let mut references = Vec::new();
        all(&described, "$ref", &mut references);
        assert!(references.len() > 50);
        for reference in references {
            let reference = reference.as_str().unwrap();
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(described.pointer(pointer).is_some(), "{reference}");
        }
        for name in described["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
        {
            assert!(
                name.bytes().all(|b| b.is_ascii_alphabetic()),
                "{name}: two types have this name"
            );
        }
    }

    #[test]
    fn everything_that_can_be_asked_is_told_in_words() {
        let described = description(&table(), true);
        let mut parameters = Vec::new();
        all(&described["paths"], "parameters", &mut parameters);
        for parameter in parameters.into_iter().filter_map(Value::as_array).flatten() {
            assert!(parameter["description"].is_string(), "{parameter}");
            assert!(
                !parameter["schema"].to_string().contains("null"),
                "{parameter}"
            );
        }
    }

    #[test]
    fn the_token_is_asked_for_where_others_can_come() {
        assert!(description(&table(), true).get("security").is_none());
        let described = description(&table(), false);
        assert_eq!(described["security"], json!([{ "token": [] }]));
        assert!(
            described["paths"]["/api/v1/info"]["get"]["responses"]
                .get("401")
                .is_some()
        );
    }
}
