//! As much of JSON Schema as the book's own schema uses.

use serde_json::{Map, Value};

/// What is wrong with a document; empty if nothing is.
pub(crate) fn wrong(schema: &Value, document: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, wrong: Vec::new() };
    checker.check(schema, document, "");
    checker.wrong
}

struct Checker<'a> {
    root: &'a Value,
    wrong: Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, path: &str) {
        let Some(schema) = schema.as_object() else {
            if *schema == Value::Bool(false) {
                self.wrong.push(format!("{path} is not in the schema"));
            }
            return;
        };
        for (keyword, rule) in schema {
            let fits = match keyword.as_str() {
                "$ref" => {
                    let name = rule.as_str().and_then(|name| name.strip_prefix("#/$defs/"));
                    let target = self.root["$defs"][name.expect("a definition")].clone();
                    assert!(!target.is_null(), "the schema has no {rule}");
                    self.check(&target, value, path);
                    true
                }
                "oneOf" => self.one_of(rule, value, path),
                "const" => rule == value,
                "enum" => rule.as_array().is_some_and(|all| all.contains(value)),
                "type" => match rule.as_array() {
                    Some(types) => types.iter().any(|rule| is(rule, value)),
                    None => is(rule, value),
                },
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(rule, item, &format!("{path}[{index}]"));
                    }
                    true
                }
                "required" => {
                    let names = rule.as_array().into_iter().flatten().filter_map(Value::as_str);
                    let missing =
                        names.filter(|name| value.is_object() && value.get(name).is_none());
                    self.wrong.extend(missing.map(|name| format!("{path}.{name} is missing")));
                    true
                }
                "properties" | "additionalProperties" => true,
                "$schema" | "$defs" | "title" => true,
                other => panic!("the schema uses {other}, which this test does not know"),
            };
            if !fits {
                self.wrong.push(format!("{path} is {value}, against {keyword} {rule}"));
            }
        }
        self.properties(schema, value, path);
    }

    fn properties(&mut self, schema: &Map<String, Value>, value: &Value, path: &str) {
        let known = schema.get("properties").and_then(Value::as_object);
        for (name, value) in value.as_object().into_iter().flatten() {
            let rule = known.and_then(|known| known.get(name));
            // The schema is open, for fields are added; what is printed today it names.
            let closed = known.is_some().then_some(&Value::Bool(false));
            let rule = rule.or(schema.get("additionalProperties")).or(closed);
            if let Some(rule) = rule {
                self.check(rule, value, &format!("{path}.{name}"));
            }
        }
    }

    /// Exactly one of the schemas must fit: the one for this command, whose complaints are told.
    fn one_of(&mut self, schemas: &Value, value: &Value, path: &str) -> bool {
        let mut all = Vec::new();
        for schema in schemas.as_array().into_iter().flatten() {
            let mut checker = Checker { root: self.root, wrong: Vec::new() };
            checker.check(schema, value, path);
            all.push(checker.wrong);
        }
        if all.iter().filter(|wrong| wrong.is_empty()).count() == 1 {
            return true;
        }
        let of_other = |wrong: &&Vec<String>| wrong.iter().any(|w| w.starts_with(".command is "));
        let nearest = all.iter().filter(|wrong| !of_other(wrong)).min_by_key(|wrong| wrong.len());
        self.wrong.extend(nearest.cloned().unwrap_or_else(|| vec!["no such command".to_string()]));
        true
    }
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => panic!("the schema has a type {name}"),
    }
}
