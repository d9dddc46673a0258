{{ crm_warehouse.accepted('crm', 'funnel_events') }}
