{{ crm_warehouse.judged('crm', 'funnel_events') }}
